using System.Collections.Immutable;
using MusicSocial.Sync;

namespace MusicSocial.Server.Playback.Cues;

/// <summary>
/// How far the cues of one timeline have been sent. Immutable; the same crossing is never sent twice, and none is left out
/// that the music really crosses.
/// </summary>
/// <param name="Script">What to send.</param>
/// <param name="Timeline">When it is due.</param>
/// <param name="SentMs">Everything up to and including this position was sent or skipped over.</param>
internal sealed record CueCursor(CueScript Script, Timeline Timeline, int SentMs)
{
    /// <summary>Cues are sent this early, so that a display on a slow line still shows them in time.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(200);

    /// <summary>A correction smaller than this is not a jump: no cue is sent a second time.</summary>
    private static readonly TimeSpan JumpTolerance = TimeSpan.FromMilliseconds(250);

    public static CueCursor At(CueScript script, Timeline timeline, HubTime now) => new(script, timeline, PositionMs(timeline, now));

    /// <summary>When the next cue must be sent; null when none comes.</summary>
    public HubTime? NextAt => Timeline.IsPlaying && Script.FirstAfter(SentMs) is var next && next < Script.Points.Length
        ? DueAt(Script.Points[next].StartMs) - Ahead
        : null;

    /// <summary>What must be sent at <paramref name="now"/>, and the cursor afterwards.</summary>
    public (ImmutableArray<Cue> Cues, CueCursor After) Advance(HubTime now)
    {
        if (!Timeline.IsPlaying)
            return ([], this);
        var first = Script.FirstAfter(SentMs);
        var end = first;
        while (end < Script.Points.Length && DueAt(Script.Points[end].StartMs) - Ahead <= now)
            end++;
        return end == first
            ? ([], this)
            : ([.. Script.Points[first..end].Select(ToCue)], this with { SentMs = Script.Points[end - 1].StartMs });
    }

    /// <summary>The cursor on another timeline of the same track, and whether the music jumped, so that displays must be set anew.</summary>
    public (CueCursor After, bool IsJump) Retime(Timeline timeline, HubTime now)
    {
        if ((timeline.PositionAt(now) - Timeline.PositionAt(now)).Duration() > JumpTolerance)
            return (At(Script, timeline, now), true);
        // What was sent ahead but not reached before a pause is due at another time: it will be sent again.
        return Timeline.IsPlaying && timeline.IsPlaying
            ? (this with { Timeline = timeline }, false)
            : (At(Script, timeline, now), false);
    }

    /// <summary>What a display must show now to be right from the beginning.</summary>
    public ImmutableArray<Cue> Shown(HubTime now) =>
        [.. Script.ShownAt(PositionMs(Timeline, now)).Select(point => ToCue(point) with { DueAtMs = ShownSince(point, now).Ms })];

    private HubTime ShownSince(CuePoint point, HubTime now) =>
        Timeline.IsPlaying ? HubTime.Max(DueAt(point.StartMs), Timeline.AnchoredAt) : now;

    private Cue ToCue(CuePoint point) =>
        new(Script.TrackId, point.Line, point.Word, point.Text, point.StartMs, Timeline.IsPlaying ? DueAt(point.StartMs).Ms : 0);

    private HubTime DueAt(int positionMs) =>
        Timeline.AnchoredAt + ((TimeSpan.FromMilliseconds(positionMs) - Timeline.Anchor) / Timeline.Rate);

    private static int PositionMs(Timeline timeline, HubTime now) => (int)timeline.PositionAt(now).TotalMilliseconds;
}
