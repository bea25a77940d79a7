namespace MusicSocial.Realtime.RateLimiting;

/// <summary>
/// The generic cell rate algorithm (ITU-T I.371): a leaky bucket whose whole state is one instant, the theoretical arrival
/// time of the next conforming call.
/// </summary>
public sealed class Gcra
{
    private long _arrival;

    /// <summary>The instant after which this meter is as good as new, in the time provider's timestamps.</summary>
    public long IdleFrom => _arrival;

    /// <summary>Takes one call of so many a second, with so many at once after a pause; null when it conforms, otherwise how long to wait until it would.</summary>
    public TimeSpan? Take(double perSecond, int burst, TimeProvider time)
    {
        var now = time.GetTimestamp();
        var interval = (long)(time.TimestampFrequency / perSecond);
        var arrival = Math.Max(_arrival, now);
        var earliest = arrival - (interval * (burst - 1));
        if (earliest > now)
            return time.GetElapsedTime(now, earliest);
        _arrival = arrival + interval;
        return null;
    }
}
