using MusicSocial.Lyrics;

namespace MusicSocial.Server.Lyrics.Revisions;

/// <summary>A revision that somebody wants to be kept.</summary>
/// <param name="Content">What is kept.</param>
/// <param name="Sheet">What it says, as it was read.</param>
/// <param name="Kind">How it came about.</param>
/// <param name="From">The revision it was made from, if any; 0 is what the song brought.</param>
/// <param name="BasedOn">The revision its maker saw last; null when they did not say.</param>
internal sealed record RevisionDraft(LyricRevision Content, LyricSheet Sheet, RevisionKind Kind, long? From = null, long? BasedOn = null);

/// <summary>How a revision came about. The numbers are stored.</summary>
public enum RevisionKind
{
    /// <summary>A file was given.</summary>
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

internal static class LyricTimings
{
    public static LyricTiming Of(LyricSheet sheet) =>
        sheet.WordSynced ? LyricTiming.Words : sheet.Synced ? LyricTiming.Lines : LyricTiming.None;
}
