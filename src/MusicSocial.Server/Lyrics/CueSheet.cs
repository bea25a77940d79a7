using MusicSocial.Lyrics;
using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Lyrics;

/// <summary>The lyrics of a track, as clients read them. Texts are text, never markup.</summary>
/// <param name="TrackId">The track they belong to.</param>
/// <param name="Language">As the source declares it.</param>
/// <param name="Synced">Whether lines have times.</param>
/// <param name="WordSynced">Whether at least one line has timed words.</param>
/// <param name="Lines">In order of their start.</param>
/// <param name="Agents">The singers that lines refer to, by key; absent when the source declares none.</param>
/// <param name="Source">Where they come from.</param>
/// <param name="Revision">Of what people made, counted from 1; 0 for every other source.</param>
/// <param name="OffsetMs">By how much people made all lines later than the source says; already in the times.</param>
/// <param name="By">Who made this revision; absent when nobody did.</param>
public sealed record CueSheet(
    string TrackId, string? Language, bool Synced, bool WordSynced, IReadOnlyList<CueLine> Lines, IReadOnlyDictionary<string, LyricAgent>? Agents,
    LyricSource Source, long Revision, int OffsetMs, User? By)
{
    internal static CueSheet From(TrackLyrics lyrics, User? by)
    {
        var sheet = lyrics.Sheet;
        return new CueSheet(
            lyrics.TrackId, sheet.Language, sheet.Synced, sheet.WordSynced, [.. sheet.Lines.Select(CueLine.From)],
            sheet.Agents.IsEmpty ? null : sheet.Agents, lyrics.Origin.Source, lyrics.Origin.Revision, lyrics.OffsetMs, by);
    }
}

/// <summary>A line of a cue sheet.</summary>
/// <param name="Index">Its place, from 0: cues refer to it.</param>
/// <param name="StartMs">Position at which it begins; absent in an unsynced sheet.</param>
/// <param name="EndMs">Position at which it ends, if the source says so; else it lasts until the next line.</param>
/// <param name="Text">Empty on a timed line that clears the screen.</param>
/// <param name="Role"><c>bg</c> for background vocals, absent for main lines.</param>
/// <param name="Agent">Who sings.</param>
/// <param name="Words">Timed words; their texts joined are the line's text. Empty when only the line is timed.</param>
/// <param name="Translations">By language tag.</param>
/// <param name="Romanisations">By language tag.</param>
public sealed record CueLine(
    int Index, int? StartMs, int? EndMs, string Text, string? Role, string? Agent, IReadOnlyList<CueWord> Words,
    IReadOnlyDictionary<string, string>? Translations, IReadOnlyDictionary<string, string>? Romanisations)
{
    internal static CueLine From(LyricLine line, int index) =>
        new(
            index, line.StartMs, line.EndMs, line.Text, line.Role, line.Agent,
            [.. line.Words.Select(word => new CueWord(word.StartMs, word.EndMs, word.Text))],
            line.Translations.IsEmpty ? null : line.Translations,
            line.Romanisations.IsEmpty ? null : line.Romanisations);
}

/// <summary>A word or syllable, with the blank that follows it.</summary>
public sealed record CueWord(int StartMs, int? EndMs, string Text);
