using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Lyrics;

/// <summary>Event <c>lyrics.changed</c> of <c>track:{id}</c>: read them again.</summary>
/// <param name="TrackId">Whose lyrics.</param>
/// <param name="Revision">Of what people made; 0 when they come from elsewhere.</param>
/// <param name="By">Who made them; absent when nobody did.</param>
public sealed record LyricsChanged(string TrackId, long Revision, User? By);
