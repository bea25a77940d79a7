using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MusicSocial.Sync;

namespace MusicSocial.Server.Hosting;

/// <summary>Counts calls by what they are and who makes them, e.g. <c>("comment", userId)</c>, and refuses floods with <c>rate.limited</c>.</summary>
internal sealed class RateGate(TimeProvider time)
{
    /// <summary>Meters kept before idle ones are swept out; bounds memory when callers make up names.</summary>
    private const int SweepAbove = 50_000;

    private readonly ConcurrentDictionary<(string Action, string Caller), Gcra> _meters = new();
    private int _sinceSweep;

    /// <summary>Takes one call or throws <see cref="RefusedException"/>.</summary>
    public void Pass(string action, string caller, RateLimit limit)
    {
        if (!TryPass(action, caller, limit, out var refusal))
            throw new RefusedException(refusal);
    }

    /// <summary>Takes one call; false with the refusal when it is one too many.</summary>
    public bool TryPass(string action, string caller, RateLimit limit, [NotNullWhen(false)] out Refusal? refusal)
    {
        if (Interlocked.Increment(ref _sinceSweep) > SweepAbove)
            Sweep();
        var meter = _meters.GetOrAdd((action, caller), static _ => new Gcra());
        TimeSpan? retryAfter;
        lock (meter)
            retryAfter = meter.Take(limit, time);
        refusal = retryAfter is { } wait ? Refusals.RateLimited(wait) : null;
        return refusal is null;
    }

    /// <summary>Begins to count anew: what was counted turned out to be harmless.</summary>
    public void Forget(string action, string caller) => _meters.TryRemove((action, caller), out _);

    private void Sweep()
    {
        Interlocked.Exchange(ref _sinceSweep, 0);
        var now = time.GetTimestamp();
        foreach (var (key, meter) in _meters)
        {
            if (meter.IdleFrom <= now)
                _meters.TryRemove(key, out _);
        }
    }
}
