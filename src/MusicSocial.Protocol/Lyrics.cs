namespace MusicSocial.Protocol;

/// <summary>Where lyrics come from, in order of precedence.</summary>
public enum LyricSource
{
    /// <summary>The newest revision people made: it corrects what was there.</summary>
    People,

    /// <summary>A file beside the audio.</summary>
    File,

    /// <summary>Inside the audio.</summary>
    Tags,

    /// <summary>An LRCLIB-compatible server.</summary>
    Server,
}

/// <summary>The lyrics of a track, as clients read them. Texts are text, never markup.</summary>
/// <param name="TrackId">The track they belong to.</param>
/// <param name="Language">As the source declares it.</param>
/// <param name="Synced">Whether lines have times.</param>
/// <param name="WordSynced">Whether at least one line has timed words.</param>
/// <param name="Lines">In order of their start.</param>
/// <param name="Agents">The singers that lines refer to, by key; null when the source declares none.</param>
/// <param name="Source">Where they come from.</param>
/// <param name="Revision">Of what people made, counted from 1; 0 for every other source.</param>
/// <param name="OffsetMs">By how much people made all lines later than the source says; already in the times.</param>
/// <param name="By">The author of this revision; null when it is none.</param>
public sealed record CueSheet(
    string TrackId, string? Language, bool Synced, bool WordSynced, IReadOnlyList<CueLine> Lines, IReadOnlyDictionary<string, CueAgent>? Agents,
    LyricSource Source, long Revision, int OffsetMs, User? By);

/// <summary>A line of a cue sheet.</summary>
/// <param name="Index">Its place, from 0: cues refer to it.</param>
/// <param name="StartMs">Position at which it begins; null in an unsynced sheet.</param>
/// <param name="EndMs">Position at which it ends, if the source says so; else it lasts until the next line.</param>
/// <param name="Text">Empty on a timed line that clears the screen.</param>
/// <param name="Role"><c>bg</c> for background vocals, null for main lines.</param>
/// <param name="Agent">Key of the singer.</param>
/// <param name="Words">Timed words; their texts joined are the line's text. Empty when only the line is timed.</param>
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
/// <param name="Type"><c>person</c>, <c>group</c>, <c>other</c>, or what the source says; empty when it says nothing.</param>
/// <param name="Name">A name to show; empty when the source gives none.</param>
public sealed record CueAgent(string Type, string Name);

/// <summary>Signal <c>cue</c>: a line or word begins. Sent up to 200 ms before it is due.</summary>
/// <param name="TrackId">The track it belongs to.</param>
/// <param name="Line">Index of the line in the cue sheet.</param>
/// <param name="Word">Index of the word in its line; null when the line itself begins.</param>
/// <param name="Text">Of the line, or of the word. Empty when a line clears the display.</param>
/// <param name="StartMs">Position in the track.</param>
/// <param name="DueAtMs">Hub time at which to show it.</param>
public sealed record Cue(string TrackId, int Line, int? Word, string Text, double StartMs, double DueAtMs);

/// <summary>Event <c>lyrics.changed</c> of <c>track:{id}</c>: read them again.</summary>
/// <param name="TrackId">The track.</param>
/// <param name="Revision">Of what people made; 0 when they come from elsewhere.</param>
/// <param name="By">The author; null when they come from elsewhere.</param>
public sealed record LyricsChanged(string TrackId, long Revision, User? By);

/// <summary>PUT /api/tracks/{id}/lyrics/sheet: a whole sheet, as an editor makes it.</summary>
/// <param name="Language">BCP 47.</param>
/// <param name="Lines">Either all have a start or none has.</param>
/// <param name="Agents">The singers that lines refer to.</param>
/// <param name="BasedOn">The revision the editor began with; null when it does not matter.</param>
public sealed record SheetEdit(
    string? Language, IReadOnlyList<LineEdit>? Lines, IReadOnlyDictionary<string, CueAgent>? Agents, long? BasedOn);

/// <summary>A line of an edited sheet; see <see cref="CueLine"/>.</summary>
/// <param name="StartMs">Position at which it begins; never decreases from line to line.</param>
/// <param name="EndMs">Position at which it ends; null: with the next line.</param>
/// <param name="Text">At most 500 characters.</param>
/// <param name="Role"><c>bg</c> for background vocals.</param>
/// <param name="Agent">Key of the singer.</param>
/// <param name="Words">Timed words; their texts joined are the line's text.</param>
/// <param name="Translations">By language tag.</param>
/// <param name="Romanisations">By language tag.</param>
public sealed record LineEdit(
    int? StartMs, int? EndMs, string? Text, string? Role, string? Agent, IReadOnlyList<CueWord>? Words,
    IReadOnlyDictionary<string, string>? Translations, IReadOnlyDictionary<string, string>? Romanisations);

/// <summary>POST /api/tracks/{id}/lyrics/shift.</summary>
/// <param name="ByMs">All lines become this much later; negative is earlier.</param>
/// <param name="BasedOn">The revision the caller saw; null when it does not matter.</param>
public sealed record ShiftRequest(int ByMs, long? BasedOn);

/// <summary>How a revision came about. The numbers are stored.</summary>
public enum RevisionKind
{
    /// <summary>A file was uploaded.</summary>
    Upload = 0,

    /// <summary>Made in an editor.</summary>
    Sheet = 1,

    /// <summary>All lines of another revision, later or earlier.</summary>
    Shift = 2,

    /// <summary>What an earlier revision said.</summary>
    Revert = 3,
}

/// <summary>How finely lyrics are timed. The numbers are stored.</summary>
public enum LyricTiming
{
    /// <summary>Text only.</summary>
    None = 0,

    /// <summary>Lines have times.</summary>
    Lines = 1,

    /// <summary>At least one line has timed words.</summary>
    Words = 2,
}

/// <summary>One of the sheets people made for a track.</summary>
/// <param name="Revision">Counts from 1.</param>
/// <param name="By">The author.</param>
/// <param name="AtMs">Hub time of its making.</param>
/// <param name="Kind">How it came about.</param>
/// <param name="From">The revision it was made from; 0 is what the track brings itself; null when none.</param>
/// <param name="Timing">How finely it is timed.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="OffsetMs">By how much everything is later than its source says.</param>
/// <param name="Reports">How many people reported it.</param>
/// <param name="Current">Whether it is the one that is served.</param>
public sealed record LyricRevisionView(
    long Revision, User By, double AtMs, RevisionKind Kind, long? From, LyricTiming Timing, long Lines, long OffsetMs, long Reports, bool Current);

/// <summary>GET /api/tracks/{id}/lyrics/revisions.</summary>
/// <param name="Items">The newest first.</param>
public sealed record LyricRevisions(IReadOnlyList<LyricRevisionView> Items);

/// <summary>What is wrong with a revision. The numbers are stored.</summary>
public enum ReportReason
{
    /// <summary>The words of another song.</summary>
    WrongSong = 0,

    /// <summary>The right words at the wrong time.</summary>
    BadTiming = 1,

    /// <summary>Offensive words.</summary>
    Offensive = 2,

    /// <summary>Advertisement, links, noise.</summary>
    Spam = 3,

    /// <summary>Another reason, given in the note.</summary>
    Other = 4,
}

/// <summary>POST /api/tracks/{id}/lyrics/revisions/{revision}/report.</summary>
/// <param name="Reason">What is wrong.</param>
/// <param name="Note">At most 500 characters.</param>
public sealed record LyricReportRequest(ReportReason? Reason, string? Note);

/// <summary>A person's report of a revision.</summary>
/// <param name="Revision">The reported revision.</param>
/// <param name="By">The reporter.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Note">At most 500 characters; null when none.</param>
/// <param name="AtMs">Hub time of the report.</param>
public sealed record LyricReport(long Revision, User By, ReportReason Reason, string? Note, double AtMs);

/// <summary>GET /api/tracks/{id}/lyrics/reports.</summary>
/// <param name="Items">The newest first.</param>
public sealed record LyricReports(IReadOnlyList<LyricReport> Items);
