using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Lyrics.Revisions;

/// <summary>One of the sheets people made for a track.</summary>
/// <param name="Revision">Counts from 1.</param>
/// <param name="By">Who made it.</param>
/// <param name="AtMs">When.</param>
/// <param name="Kind">How it came about.</param>
/// <param name="From">The revision it was made from; 0 is what the song brings itself.</param>
/// <param name="Timing">How finely it is timed.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="OffsetMs">By how much everything is later than its source says.</param>
/// <param name="Reports">How many people reported it.</param>
/// <param name="Current">Whether it is the one everybody reads.</param>
public sealed record LyricRevisionView(
    long Revision, User By, double AtMs, RevisionKind Kind, long? From, LyricTiming Timing, long Lines, long OffsetMs, long Reports, bool Current);

/// <summary>GET /api/tracks/{id}/lyrics/revisions: the newest first.</summary>
public sealed record LyricRevisions(IReadOnlyList<LyricRevisionView> Items);

/// <summary>What is wrong with a revision. The numbers are stored.</summary>
public enum ReportReason
{
    /// <summary>The words of another song.</summary>
    WrongSong = 0,

    /// <summary>The right words at the wrong time.</summary>
    BadTiming = 1,

    /// <summary>Words nobody should have to read.</summary>
    Offensive = 2,

    /// <summary>Advertisement, links, noise.</summary>
    Spam = 3,

    /// <summary>Something else: the note says it.</summary>
    Other = 4,
}

/// <summary>POST /api/tracks/{id}/lyrics/revisions/{revision}/report.</summary>
/// <param name="Reason">What is wrong.</param>
/// <param name="Note">At most 500 characters.</param>
public sealed record ReportRequest(ReportReason? Reason, string? Note);

/// <summary>Somebody's report of a revision.</summary>
public sealed record LyricReport(long Revision, User By, ReportReason Reason, string? Note, double AtMs);

/// <summary>GET /api/tracks/{id}/lyrics/reports: the newest first.</summary>
public sealed record LyricReports(IReadOnlyList<LyricReport> Items);
