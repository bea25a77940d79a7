using MusicSocial.Lyrics;

namespace MusicSocial.Server.Lyrics.Revisions;

/// <summary>A revision that somebody wants to be kept.</summary>
/// <param name="Content">What is kept.</param>
/// <param name="Sheet">What it says, as it was read.</param>
/// <param name="Kind">How it came about.</param>
/// <param name="From">The revision it was made from, if any; 0 is what the song brought.</param>
/// <param name="BasedOn">The revision its maker saw last; null when they did not say.</param>
internal sealed record RevisionDraft(LyricRevision Content, LyricSheet Sheet, RevisionKind Kind, long? From = null, long? BasedOn = null);

internal static class LyricTimings
{
    public static LyricTiming Of(LyricSheet sheet) =>
        sheet.WordSynced ? LyricTiming.Words : sheet.Synced ? LyricTiming.Lines : LyricTiming.None;
}
