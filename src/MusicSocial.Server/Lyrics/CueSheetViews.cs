using MusicSocial.Lyrics;
using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Lyrics;

/// <summary>Lyrics as clients read them, with who made them.</summary>
internal sealed class CueSheetViews(Users users)
{
    public async Task<CueSheet> ComposeAsync(TrackLyrics lyrics, CancellationToken cancellationToken) =>
        CueSheet.From(lyrics, lyrics.Origin.UserId is { } maker ? await users.GetAsync(maker, cancellationToken) : null);
}

/// <summary>Lyrics in the records of the wire.</summary>
internal static class CueSheetMapping
{
    extension(CueSheet)
    {
        public static CueSheet From(TrackLyrics lyrics, User? by)
        {
            var sheet = lyrics.Sheet;
            return new CueSheet(
                lyrics.TrackId, sheet.Language, sheet.Synced, sheet.WordSynced, [.. sheet.Lines.Select(CueLine.From)],
                sheet.Agents.IsEmpty ? null : sheet.Agents.ToDictionary(agent => agent.Key, agent => new CueAgent(agent.Value.Type, agent.Value.Name)),
                lyrics.Origin.Source, lyrics.Origin.Revision, lyrics.OffsetMs, by);
        }
    }

    extension(CueLine)
    {
        public static CueLine From(LyricLine line, int index) =>
            new(
                index, line.StartMs, line.EndMs, line.Text, line.Role, line.Agent,
                [.. line.Words.Select(word => new CueWord(word.StartMs, word.EndMs, word.Text))],
                line.Translations.IsEmpty ? null : line.Translations,
                line.Romanisations.IsEmpty ? null : line.Romanisations);
    }
}
