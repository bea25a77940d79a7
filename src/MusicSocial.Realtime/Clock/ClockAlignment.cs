using Microsoft.Extensions.Logging;

namespace MusicSocial.Realtime.Clock;

/// <summary>
/// Keeps a node's clock with the authority's. The comparison with the shortest round trip counts, because it can be off least. When the
/// authority's wall clock jumps, by more than round trips and drift explain, the nodes agree on a correction instead of following it.
/// </summary>
internal sealed partial class ClockAlignment(SlewedClock clock, IClockAuthority authority, ILogger logger)
{
    private const int Kept = 64;

    // Quartz on one side, a disciplined wall clock on the other: usually less than this apart...
    private const double UsualDrift = 0.00003;

    // ... and never more: NTP slews at most that fast.
    private const double MostDrift = 0.0005;

    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(2);

    /// <summary>A node younger than this takes the authority at its word: it has too few samples to contradict it.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    /// <summary>A node whose correction is contradicted within this time gives in.</summary>
    private static readonly TimeSpan DisputeWindow = TimeSpan.FromSeconds(10);

    private readonly Queue<ClockSample> _samples = new();
    private HubTime? _firstAt;
    private long? _correctionUs;
    private HubTime? _correctedAt;

    /// <summary>Whether the authority was ever reached.</summary>
    public bool IsAligned => _firstAt is not null;

    /// <summary>The authority's time minus the process clock's, as far as is known.</summary>
    public TimeSpan Offset { get; private set; }

    /// <summary>Compares once, and aims the clock.</summary>
    public async Task CompareAsync(CancellationToken cancellationToken)
    {
        var before = clock.Raw;
        var reading = await authority.ReadAsync(cancellationToken);
        var now = clock.Raw;
        var bare = new ClockSample(reading.Time - (before + ((now - before) / 2)), (now - before) / 2, now);
        var sample = bare with { Offset = bare.Offset + TimeSpan.FromMicroseconds(reading.CorrectionUs ?? 0) };
        if (Best(now) is not { } best || now - _firstAt < WarmUp)
        {
            TakeOver(reading, sample, now);
        }
        else if (reading.CorrectionUs is null || (IsOff(sample, best, now) && !IsOverruled(reading, now)))
        {
            await CorrectAsync(reading, (best.Offset - bare.Offset).TotalMicroseconds, cancellationToken);
        }
        else
        {
            if (IsOff(sample, best, now))
                _samples.Clear();
            Add(reading, sample, now);
        }
    }

    /// <summary>
    /// Another node replaced what this one had just set, or set it where this one knew of none. Then it was this node's own clock that stood
    /// still, because its machine slept.
    /// </summary>
    private bool IsOverruled(ClockReading reading, HubTime now) =>
        reading.CorrectionUs != _correctionUs && (_correctionUs is null || now - _correctedAt < DisputeWindow);

    private static bool IsOff(ClockSample sample, ClockSample best, HubTime now) =>
        (sample.Offset - best.Offset).Duration() > sample.Error + best.ErrorAt(now, MostDrift) + Margin;

    private void TakeOver(ClockReading reading, ClockSample sample, HubTime now)
    {
        if (Best(now) is { } best && IsOff(sample, best, now))
            _samples.Clear();
        _firstAt ??= now;
        Add(reading, sample, now);
    }

    private void Add(ClockReading reading, ClockSample sample, HubTime now)
    {
        _correctionUs = reading.CorrectionUs;
        _samples.Enqueue(sample);
        if (_samples.Count > Kept)
            _samples.Dequeue();
        Offset = Best(now)!.Offset;
        clock.Aim(Offset);
    }

    private async Task CorrectAsync(ClockReading reading, double correctionUs, CancellationToken cancellationToken)
    {
        var rounded = (long)Math.Round(correctionUs);
        if (!await authority.TryReplaceAsync(reading.CorrectionUs, rounded, cancellationToken))
            return;
        LogCorrected((rounded - (reading.CorrectionUs ?? 0)) / 1000.0);
        (_correctionUs, _correctedAt) = (rounded, clock.Raw);
    }

    private ClockSample? Best(HubTime now) => _samples.MinBy(sample => sample.ErrorAt(now, UsualDrift));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The wall clock of the backplane is {Ms} ms from where it should be; the nodes have agreed on a correction and hub time does not jump.")]
    private partial void LogCorrected(double ms);
}

/// <summary>The authority's answer.</summary>
/// <param name="Time">Its own wall clock, which may have jumped.</param>
/// <param name="CorrectionUs">What the nodes have agreed to add, in microseconds; null when it is not known (any more).</param>
internal readonly record struct ClockReading(HubTime Time, long? CorrectionUs);

/// <summary>One comparison with the authority.</summary>
/// <param name="Offset">The authority's time minus the process clock's.</param>
/// <param name="Error">It is not further off than this: half the round trip.</param>
/// <param name="At">When, on the process clock.</param>
internal sealed record ClockSample(TimeSpan Offset, TimeSpan Error, HubTime At)
{
    /// <summary>How far it may be off by now, when clocks run apart at that rate.</summary>
    public TimeSpan ErrorAt(HubTime now, double drift) => Error + ((now - At) * drift);
}

/// <summary>The authority's clock, and the correction the nodes share there.</summary>
internal interface IClockAuthority
{
    /// <summary>Reads both at one instant.</summary>
    Task<ClockReading> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the correction if it still is what was read; false when it is not.</summary>
    Task<bool> TryReplaceAsync(long? read, long correctionUs, CancellationToken cancellationToken);
}
