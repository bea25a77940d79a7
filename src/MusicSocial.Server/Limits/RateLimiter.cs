using System.Diagnostics.CodeAnalysis;
using MusicSocial.Realtime;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.RateLimiting;
using MusicSocial.Server.Api;

namespace MusicSocial.Server.Limits;

/// <summary>How much of something one caller may do.</summary>
public sealed class RateLimit
{
    /// <summary>Sustained calls a second.</summary>
    public double PerSecond { get; set; } = 10;

    /// <summary>Calls that may come at once after a pause.</summary>
    public int Burst { get; set; } = 10;
}

/// <summary>
/// Counts calls by what they are and who makes them, e.g. <c>("comment", userId)</c>, and refuses floods with <c>rate.limited</c>. Most limits protect a node
/// and are counted there, at no cost; those that guard accounts and rooms (guesses, new accounts) are counted over all nodes and may cost a round trip.
/// </summary>
internal sealed class RateLimiter(IRateLimitStore shared, TimeProvider time, RealtimeMetrics metrics)
{
    private readonly KeyedRateLimiter _local = new(time);

    /// <summary>Takes one call on this node or refuses it.</summary>
    public void Acquire(string action, string caller, RateLimit limit)
    {
        if (!TryAcquire(action, caller, limit, out var refusal))
            throw new RefusedException(refusal);
    }

    /// <summary>Takes one call on this node; false with the refusal when it is one too many.</summary>
    public bool TryAcquire(string action, string caller, RateLimit limit, [NotNullWhen(false)] out Refusal? refusal)
    {
        refusal = RefusalAfter(action, _local.Take(NameOf(action, caller), limit.PerSecond, limit.Burst));
        return refusal is null;
    }

    /// <summary>Takes one call of all nodes together or refuses it.</summary>
    public async Task AcquireSharedAsync(string action, string caller, RateLimit limit, CancellationToken cancellationToken)
    {
        var wait = await shared.TakeAsync(NameOf(action, caller), limit.PerSecond, limit.Burst, cancellationToken);
        if (RefusalAfter(action, wait) is { } refusal)
            throw new RefusedException(refusal);
    }

    /// <summary>Begins to count anew over all nodes: what was counted turned out to be harmless.</summary>
    public ValueTask ForgetSharedAsync(string action, string caller, CancellationToken cancellationToken) =>
        shared.ForgetAsync(NameOf(action, caller), cancellationToken);

    private static string NameOf(string action, string caller) => $"{action} {caller}";

    private Refusal? RefusalAfter(string action, TimeSpan? wait)
    {
        if (wait is null)
            return null;
        metrics.Refused(action);
        return Refusals.RateLimited(wait.Value);
    }
}
