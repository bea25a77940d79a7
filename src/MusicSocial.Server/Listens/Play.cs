using MusicSocial.Server.Playback;

namespace MusicSocial.Server.Listens;

/// <summary>
/// One playing of a track by one person, over pauses, seeks, devices and reconnects. It counts as a listen when half of it
/// or four minutes were heard, and never when it is shorter than 30 seconds: the rule of Last.fm
/// (https://www.last.fm/api/scrobbling) and ListenBrainz.
/// </summary>
/// <param name="Playback">What plays since <paramref name="ObservedAt"/>.</param>
/// <param name="StartedAt">When it would have begun, had it been played through: nothing counted since then is another play.</param>
/// <param name="Listened">Track time that really passed: seeks and pauses do not count.</param>
/// <param name="IsCounted">Whether it became a listen.</param>
internal sealed record Play(ActivePlayback Playback, HubTime ObservedAt, HubTime StartedAt, TimeSpan Listened, bool IsCounted)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(10);

    /// <summary>Whether enough of it was heard and it was not counted yet.</summary>
    public bool IsDue => !IsCounted && Needed is { } needed && Listened >= needed;

    private TimeSpan? Needed => Playback.Track.Duration switch
    {
        null => Enough,
        { } duration when duration < Shortest => null,
        { } duration => duration / 2 < Enough ? duration / 2 : Enough,
    };

    /// <summary>The play after an observation; null when nothing plays.</summary>
    public static Play? After(Play? before, ActivePlayback? playback, HubTime now)
    {
        if (playback is null)
            return null;
        return before is null || before.Playback.Track.Key != playback.Track.Key || before.IsOverBy(playback, now)
            ? new Play(playback, now, now - playback.Timeline.PositionAt(now), TimeSpan.Zero, IsCounted: false)
            : before with { Playback = playback, ObservedAt = now, Listened = before.Listened + before.ListenedUntil(now) };
    }

    // A counted play ends when the track starts over: repeating a song is another play.
    private bool IsOverBy(ActivePlayback playback, HubTime now) =>
        IsCounted && playback.Timeline.PositionAt(now) < Beginning && Playback.Timeline.PositionAt(now) > Beginning;

    // What a player that fell silent plays counts only until it is stale.
    private TimeSpan ListenedUntil(HubTime now)
    {
        var until = Playback.Device.IsRoom ? now : HubTime.Min(now, Playback.Device.Latest.At + PlaybackRules.StaleAfter);
        return until > ObservedAt ? Playback.Timeline.PositionAt(until) - Playback.Timeline.PositionAt(ObservedAt) : TimeSpan.Zero;
    }
}
