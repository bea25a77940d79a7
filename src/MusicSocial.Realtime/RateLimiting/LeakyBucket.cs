namespace MusicSocial.Realtime.RateLimiting;

/// <summary>
/// The generic cell rate algorithm (ITU-T I.371): a leaky bucket whose whole state is one instant, the one at which it will be empty. Amounts, rates and instants
/// are the caller's; rates may differ from call to call. Not thread-safe; a mutable value, to be kept in a field and never copied.
/// </summary>
public struct LeakyBucket
{
    private long _emptyAt;

    /// <summary>The instant from which on this bucket is as good as new, in the units of the instants it was given.</summary>
    public readonly long EmptyAt => _emptyAt;

    /// <summary>Takes <paramref name="amount"/> at the instant <paramref name="now"/>; false, with nothing taken, when the bucket would overflow.</summary>
    /// <param name="amount">How much.</param>
    /// <param name="perSecond">What leaks a second.</param>
    /// <param name="burst">What fits in after a pause.</param>
    /// <param name="now">In units of which there are <paramref name="frequency"/> a second.</param>
    /// <param name="frequency">Units a second.</param>
    /// <param name="wait">After how many units the amount would fit; 0 when it did.</param>
    public bool TryTake(double amount, double perSecond, double burst, long now, long frequency, out long wait)
    {
        var emptyAt = EmptyAfter(amount, perSecond, now, frequency);
        wait = Math.Max(0, emptyAt - now - (long)(burst * frequency / perSecond));
        if (wait > 0)
            return false;
        _emptyAt = emptyAt;
        return true;
    }

    /// <summary>Takes <paramref name="amount"/> even if the bucket overflows: what follows has to wait the longer.</summary>
    public void Take(double amount, double perSecond, long now, long frequency) => _emptyAt = EmptyAfter(amount, perSecond, now, frequency);

    /// <summary>Takes one call of so many a second, with so many at once after a pause; null when it conforms, otherwise how long to wait until it would.</summary>
    public TimeSpan? TakeCall(double perSecond, int burst, TimeProvider time) =>
        TryTake(1, perSecond, burst, time.GetTimestamp(), time.TimestampFrequency, out var wait)
            ? null
            : time.GetElapsedTime(0, wait);

    private readonly long EmptyAfter(double amount, double perSecond, long now, long frequency) =>
        Math.Max(_emptyAt, now) + (long)(amount * frequency / perSecond);
}
