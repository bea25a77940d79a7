using MusicSocial.Sync;

namespace MusicSocial.Client.Clock;

/// <summary>
/// Hub time on this machine. The hub is asked in bursts; the quickest answers of each lie least, since queueing only ever adds, and
/// over bursts it is learnt how much faster or slower this machine runs. Goes on by itself while there is no connection.
/// </summary>
public sealed class HubClock
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private readonly long _origin;
    private volatile OffsetEstimate? _known;

    internal HubClock(TimeProvider time) => (_time, _origin) = (time, time.GetTimestamp());

    /// <summary>Hub time now. Corrected by small steps either way as better answers come in.</summary>
    /// <exception cref="InvalidOperationException">The hub was not asked yet: see <see cref="WhenReadyAsync"/>.</exception>
    public HubTime Now
    {
        get
        {
            var local = LocalMs;
            return HubTime.FromMs(local + Known.OffsetAt(local));
        }
    }

    /// <summary>How wrong <see cref="Now"/> can be: half the smallest round trip, for a path may be slower one way, and two standard deviations of what was learnt.</summary>
    public TimeSpan Uncertainty
    {
        get
        {
            var known = Known;
            return TimeSpan.FromMilliseconds((known.SmallestRoundTripMs / 2) + (2 * known.SigmaAt(LocalMs)));
        }
    }

    /// <summary>The smallest round trip seen.</summary>
    public TimeSpan RoundTrip => TimeSpan.FromMilliseconds(Known.SmallestRoundTripMs);

    /// <summary>How much faster the hub's clock runs than this machine's, parts per million, as far as it was learnt.</summary>
    public double DriftPpm => Known.Drift * 1e6;

    /// <summary>Whether the hub was asked at least once.</summary>
    public bool IsReady => _known is not null;

    /// <summary>Where a track is right now.</summary>
    public TimeSpan PositionOf(TimelineView timeline) => timeline.PositionAt(Now);

    /// <summary>Completes once <see cref="Now"/> can be read.</summary>
    public Task WhenReadyAsync(CancellationToken cancellationToken = default) => _ready.Task.WaitAsync(cancellationToken);

    /// <summary>Milliseconds on this machine's own steady clock.</summary>
    internal double LocalMs => _time.GetElapsedTime(_origin).TotalMilliseconds;

    /// <summary>Learns from one burst. Called by one at a time.</summary>
    internal void Take(IReadOnlyCollection<Probe> probes)
    {
        if (probes.Count == 0)
            return;
        var burst = ProbeBurst.Of(probes);
        _known = _known?.With(burst) ?? OffsetEstimate.First(burst);
        _ready.TrySetResult();
    }

    private OffsetEstimate Known => _known ?? throw new InvalidOperationException("The hub was not asked for its time yet.");
}
