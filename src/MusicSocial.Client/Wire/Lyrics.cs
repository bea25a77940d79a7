namespace MusicSocial.Client.Wire;

/// <summary>The lyrics of a track. Texts are text, never markup.</summary>
/// <param name="TrackId">The track they belong to.</param>
/// <param name="Language">As the source declares it.</param>
/// <param name="Synced">Whether lines have times.</param>
/// <param name="WordSynced">Whether at least one line has timed words.</param>
/// <param name="Lines">In order of their start.</param>
/// <param name="Agents">The singers that lines refer to, by key.</param>
/// <param name="Source">Where they come from, as docs/protocol.md names it.</param>
/// <param name="Revision">Of what people made, counted from 1; 0 for every other source.</param>
/// <param name="OffsetMs">By how much people made all lines later than the source says; already in the times.</param>
/// <param name="By">Who made this revision; null when nobody did.</param>
public sealed record CueSheet(
    string TrackId, string? Language, bool Synced, bool WordSynced, IReadOnlyList<CueLine> Lines, IReadOnlyDictionary<string, LyricAgent>? Agents,
    string Source, long Revision, int OffsetMs, User? By);

/// <summary>A line of a cue sheet.</summary>
/// <param name="Index">Its place, from 0: cues refer to it.</param>
/// <param name="StartMs">Position at which it begins; null in an unsynced sheet.</param>
/// <param name="EndMs">Position at which it ends, if the source says so; else it lasts until the next line.</param>
/// <param name="Text">Empty on a timed line that clears the screen.</param>
/// <param name="Role"><c>bg</c> for background vocals, null for main lines.</param>
/// <param name="Agent">Who sings.</param>
/// <param name="Words">Timed words; empty when only the line is timed.</param>
/// <param name="Translations">By language tag.</param>
/// <param name="Romanisations">By language tag.</param>
public sealed record CueLine(
    int Index, int? StartMs, int? EndMs, string Text, string? Role, string? Agent, IReadOnlyList<CueWord> Words,
    IReadOnlyDictionary<string, string>? Translations, IReadOnlyDictionary<string, string>? Romanisations);

/// <summary>A word or syllable, with the blank that follows it.</summary>
/// <param name="StartMs">Position at which it begins.</param>
/// <param name="EndMs">Position at which it ends, if known.</param>
/// <param name="Text">The texts of a line's words joined are the line's text.</param>
public sealed record CueWord(int StartMs, int? EndMs, string Text);

/// <summary>A singer or group of singers.</summary>
/// <param name="Type"><c>person</c>, <c>group</c>, <c>other</c>, or what the source says.</param>
/// <param name="Name">A name to show; empty when the source gives none.</param>
public sealed record LyricAgent(string Type, string Name);

/// <summary>Signal <c>cue</c>: a line or word begins. Sent up to 200 ms before it is due.</summary>
/// <param name="TrackId">Of which track.</param>
/// <param name="Line">Index of the line in the cue sheet.</param>
/// <param name="Word">Index of the word in its line; null when the line itself begins.</param>
/// <param name="Text">Of the line, or of the word. Empty when a line clears the display.</param>
/// <param name="StartMs">Position in the track.</param>
/// <param name="DueAtMs">Hub time at which to show it.</param>
public sealed record Cue(string TrackId, int Line, int? Word, string Text, double StartMs, double DueAtMs);
