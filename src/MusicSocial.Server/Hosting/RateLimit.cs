namespace MusicSocial.Server.Hosting;

/// <summary>How much of something one caller may do.</summary>
public sealed class RateLimit
{
    /// <summary>Sustained calls a second.</summary>
    public double PerSecond { get; set; } = 10;

    /// <summary>Calls that may come at once after a pause.</summary>
    public int Burst { get; set; } = 10;
}

/// <summary>
/// The generic cell rate algorithm (ITU-T I.371): a leaky bucket whose whole state is one instant, the theoretical arrival
/// time of the next conforming call.
/// </summary>
internal sealed class Gcra
{
    private long _arrival;

    /// <summary>The instant after which this meter is as good as new, in the time provider's timestamps.</summary>
    public long IdleFrom => _arrival;

    /// <summary>Takes one call; null when it conforms, otherwise how long to wait until it would.</summary>
    public TimeSpan? Take(RateLimit limit, TimeProvider time)
    {
        var now = time.GetTimestamp();
        var interval = (long)(time.TimestampFrequency / limit.PerSecond);
        var arrival = Math.Max(_arrival, now);
        var earliest = arrival - (interval * (limit.Burst - 1));
        if (earliest > now)
            return time.GetElapsedTime(now, earliest);
        _arrival = arrival + interval;
        return null;
    }
}
