using System.Collections.Concurrent;

namespace MusicSocial.Realtime.RateLimiting;

/// <summary>Counts calls by name, on this node.</summary>
public sealed class KeyedRateLimiter(TimeProvider time)
{
    /// <summary>Meters kept before idle ones are swept out; bounds memory when callers make up names.</summary>
    private const int SweepAbove = 50_000;

    private readonly ConcurrentDictionary<string, Gcra> _meters = new(StringComparer.Ordinal);
    private int _sinceSweep;

    /// <summary>Takes one call; null when it conforms, otherwise how long to wait until it would.</summary>
    /// <param name="name">What is counted and whose, e.g. <c>comment 0198...</c>.</param>
    /// <param name="perSecond">Sustained calls a second.</param>
    /// <param name="burst">Calls that may come at once after a pause.</param>
    public TimeSpan? Take(string name, double perSecond, int burst)
    {
        if (Interlocked.Increment(ref _sinceSweep) > SweepAbove)
            Sweep();
        var meter = _meters.GetOrAdd(name, static _ => new());
        lock (meter)
            return meter.Take(perSecond, burst, time);
    }

    /// <summary>Begins to count anew: what was counted turned out to be harmless.</summary>
    public void Forget(string name) => _meters.TryRemove(name, out _);

    private void Sweep()
    {
        Interlocked.Exchange(ref _sinceSweep, 0);
        var now = time.GetTimestamp();
        foreach (var (name, meter) in _meters)
        {
            if (meter.IdleFrom <= now)
                _meters.TryRemove(name, out _);
        }
    }
}
