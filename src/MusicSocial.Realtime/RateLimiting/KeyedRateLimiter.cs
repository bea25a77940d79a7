using System.Collections.Concurrent;

namespace MusicSocial.Realtime.RateLimiting;

/// <summary>Limits the rate of calls by name, on this node: one <see cref="LeakyBucket"/> per name.</summary>
public sealed class KeyedRateLimiter(TimeProvider time)
{
    /// <summary>Calls between two removals of idle buckets; bounds memory when callers make up names.</summary>
    private const int CallsPerSweep = 50_000;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private int _callsSinceSweep;

    /// <summary>Takes one call; null when it conforms, otherwise how long to wait until it would.</summary>
    /// <param name="name">What is counted and whose, e.g. <c>comment 0198...</c>.</param>
    /// <param name="perSecond">Sustained calls a second.</param>
    /// <param name="burst">Calls that may come at once after a pause.</param>
    public TimeSpan? Take(string name, double perSecond, int burst)
    {
        if (Interlocked.Increment(ref _callsSinceSweep) > CallsPerSweep)
            RemoveIdle();
        var entry = _entries.GetOrAdd(name, static _ => new());
        lock (entry)
            return entry.Bucket.TakeCall(perSecond, burst, time);
    }

    /// <summary>Begins to count anew: what was counted turned out to be harmless.</summary>
    public void Forget(string name) => _entries.TryRemove(name, out _);

    private void RemoveIdle()
    {
        Interlocked.Exchange(ref _callsSinceSweep, 0);
        var now = time.GetTimestamp();
        foreach (var (name, entry) in _entries)
        {
            if (entry.Bucket.EmptyAt <= now)
                _entries.TryRemove(name, out _);
        }
    }

    private sealed class Entry
    {
        public LeakyBucket Bucket;
    }
}
