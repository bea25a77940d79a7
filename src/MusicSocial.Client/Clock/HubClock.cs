using MusicSocial.Client.Wire;
using MusicSocial.Sync;

namespace MusicSocial.Client.Clock;

/// <summary>
/// Hub time on this machine. The hub is asked again and again; the answer with the smallest round trip lies least, since queueing only ever
/// adds, and is believed until a better one comes or it grows too old. Goes on by itself while there is no connection.
/// </summary>
public sealed class HubClock
{
    /// <summary>How far two ordinary clocks part: what makes an old answer worse than a fresh one.</summary>
    private const double DriftPerMs = 50e-6;

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private readonly long _origin;
    private volatile Reading? _best;

    internal HubClock(TimeProvider time) => (_time, _origin) = (time, time.GetTimestamp());

    /// <summary>Hub time now. Corrected by small steps either way as better answers come in.</summary>
    /// <exception cref="InvalidOperationException">The hub was not asked yet: see <see cref="WhenReadyAsync"/>.</exception>
    public HubTime Now => HubTime.FromMs(LocalMs + Best.OffsetMs);

    /// <summary>How wrong <see cref="Now"/> can be: half the round trip of the best answer, and what the clocks may have parted since.</summary>
    public TimeSpan Uncertainty => TimeSpan.FromMilliseconds(UncertaintyMs(Best, LocalMs));

    /// <summary>The round trip of the best answer.</summary>
    public TimeSpan RoundTrip => TimeSpan.FromMilliseconds(Best.RoundTripMs);

    /// <summary>Whether the hub was asked at least once.</summary>
    public bool IsReady => _best is not null;

    /// <summary>Where a track is right now.</summary>
    public TimeSpan PositionOf(TimelineView timeline) => timeline.PositionAt(Now);

    /// <summary>Completes once <see cref="Now"/> can be read.</summary>
    public Task WhenReadyAsync(CancellationToken cancellationToken = default) => _ready.Task.WaitAsync(cancellationToken);

    /// <summary>Milliseconds on this machine's own steady clock.</summary>
    internal double LocalMs => _time.GetElapsedTime(_origin).TotalMilliseconds;

    internal void Take(double sentMs, double hubMs, double receivedMs)
    {
        var reading = new Reading(hubMs - ((sentMs + receivedMs) / 2), receivedMs - sentMs, receivedMs);
        if (_best is not { } best || UncertaintyMs(reading, receivedMs) <= UncertaintyMs(best, receivedMs) || Contradict(reading, best))
            _best = reading;
        _ready.TrySetResult();
    }

    private Reading Best => _best ?? throw new InvalidOperationException("The hub was not asked for its time yet.");

    // Both cannot be right: the hub's clock is another than before, and the newer answer knows it.
    private static bool Contradict(Reading reading, Reading best) =>
        Math.Abs(reading.OffsetMs - best.OffsetMs) > UncertaintyMs(reading, reading.AtMs) + UncertaintyMs(best, reading.AtMs);

    private static double UncertaintyMs(Reading reading, double nowMs) =>
        (reading.RoundTripMs / 2) + ((nowMs - reading.AtMs) * DriftPerMs);

    private sealed record Reading(double OffsetMs, double RoundTripMs, double AtMs);
}
