using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Lyrics;

/// <summary>Lyrics as clients read them, with who made them.</summary>
internal sealed class CueSheetViews(Users users)
{
    public async Task<CueSheet> ComposeAsync(TrackLyrics lyrics, CancellationToken cancellationToken) =>
        CueSheet.From(lyrics, lyrics.Origin.UserId is { } maker ? await users.GetAsync(maker, cancellationToken) : null);
}
