using System.Diagnostics.CodeAnalysis;
using MusicSocial.Realtime;
using MusicSocial.Realtime.RateLimiting;

namespace MusicSocial.Server.Hosting;

/// <summary>
/// Counts calls by what they are and who makes them, e.g. <c>("comment", userId)</c>, and refuses floods with <c>rate.limited</c>. Each node counts
/// for itself; what must hold over all nodes asks <see cref="SharedGate"/>.
/// </summary>
internal sealed class RateGate(TimeProvider time, RealtimeMetrics metrics)
{
    private readonly KeyedRateLimiter _meters = new(time);

    /// <summary>Takes one call or throws <see cref="RefusedException"/>.</summary>
    public void Pass(string action, string caller, RateLimit limit)
    {
        if (!TryPass(action, caller, limit, out var refusal))
            throw new RefusedException(refusal);
    }

    /// <summary>Takes one call; false with the refusal when it is one too many.</summary>
    public bool TryPass(string action, string caller, RateLimit limit, [NotNullWhen(false)] out Refusal? refusal)
    {
        refusal = _meters.Take($"{action} {caller}", limit.PerSecond, limit.Burst) is { } wait ? Refusals.RateLimited(wait) : null;
        if (refusal is not null)
            metrics.Refused(action);
        return refusal is null;
    }
}
