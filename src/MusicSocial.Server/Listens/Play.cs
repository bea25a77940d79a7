using MusicSocial.Server.Playback;

namespace MusicSocial.Server.Listens;

/// <summary>
/// One track being heard once by one person, over pauses, seeks, devices and reconnects. It counts as a listen when half of it
/// or four minutes were heard, and never when it is shorter than 30 seconds: the rule of Last.fm
/// (https://www.last.fm/api/scrobbling) and ListenBrainz.
/// </summary>
/// <param name="Now">What is heard since <paramref name="SeenAt"/>.</param>
/// <param name="StartedAt">When it would have begun, had it been played through: nothing counted since then is another play.</param>
/// <param name="Heard">Track time that really passed: seeks and pauses do not count.</param>
/// <param name="IsCounted">Whether it became a listen.</param>
internal sealed record Play(NowHeard Now, HubTime SeenAt, HubTime StartedAt, TimeSpan Heard, bool IsCounted)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(10);

    /// <summary>Whether enough was heard and it was not counted yet.</summary>
    public bool IsDue => !IsCounted && Needed is { } needed && Heard >= needed;

    private TimeSpan? Needed => Now.Track.Duration switch
    {
        null => Enough,
        { } duration when duration < Shortest => null,
        { } duration => duration / 2 < Enough ? duration / 2 : Enough,
    };

    /// <summary>The play after something is heard; null when nothing is.</summary>
    public static Play? After(Play? before, NowHeard? heard, HubTime now)
    {
        if (heard is null)
            return null;
        return before is null || before.Now.Track.Key != heard.Track.Key || before.IsOverBy(heard, now)
            ? new Play(heard, now, now - heard.Timeline.PositionAt(now), TimeSpan.Zero, IsCounted: false)
            : before with { Now = heard, SeenAt = now, Heard = before.Heard + before.HeardUntil(now) };
    }

    // A counted play ends when the track starts over: repeating a song is hearing it again.
    private bool IsOverBy(NowHeard heard, HubTime now) =>
        IsCounted && heard.Timeline.PositionAt(now) < Beginning && Now.Timeline.PositionAt(now) > Beginning;

    // A player that fell silent is believed only as long as it is not stale.
    private TimeSpan HeardUntil(HubTime now)
    {
        var believed = Now.Device.IsRoom ? now : HubTime.Min(now, Now.Device.Latest.At + PlaybackRules.StaleAfter);
        return believed > SeenAt ? Now.Timeline.PositionAt(believed) - Now.Timeline.PositionAt(SeenAt) : TimeSpan.Zero;
    }
}
