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

    /// <summary>Takes one call of a network on this node or refuses it.</summary>
    public void Acquire(string action, ClientNetwork network, RateLimit limit)
    {
        if (!TryAcquire(action, network, limit, out var refusal))
            throw new RefusedException(refusal);
    }

    /// <summary>Takes one call of a network on this node; false with the refusal when it is one too many.</summary>
    public bool TryAcquire(string action, ClientNetwork network, RateLimit limit, [NotNullWhen(false)] out Refusal? refusal) =>
        TryAcquire(action, network.Name, limit, out refusal)
        && (network.Wide is null || TryAcquire(action, network.Wide, WideOf(limit), out refusal));

    /// <summary>Takes one call of a network, over all nodes together, or refuses it.</summary>
    /// <param name="action">What is counted.</param>
    /// <param name="network">Whose calls are counted.</param>
    /// <param name="limit">How many of them.</param>
    /// <param name="cancellationToken">Gives up waiting; the call may have been taken.</param>
    /// <param name="subject">Counts calls about this apart from those about anything else, e.g. a room's id.</param>
    public async Task AcquireSharedAsync(
        string action, ClientNetwork network, RateLimit limit, CancellationToken cancellationToken, string? subject = null)
    {
        var prefix = subject is null ? "" : $"{subject} ";
        await AcquireSharedAsync(action, prefix + network.Name, limit, cancellationToken);
        if (network.Wide is not null)
            await AcquireSharedAsync(action, prefix + network.Wide, WideOf(limit), cancellationToken);
    }

    /// <summary>Takes one call of all nodes together or refuses it.</summary>
    public async Task AcquireSharedAsync(string action, string caller, RateLimit limit, CancellationToken cancellationToken)
    {
        var wait = await shared.TakeAsync(NameOf(action, caller), limit.PerSecond, limit.Burst, cancellationToken);
        if (RefusalAfter(action, wait) is { } refusal)
            throw new RefusedException(refusal);
    }

    /// <summary>Begins to count a network's calls about a subject anew over all nodes: what was counted turned out to be harmless.</summary>
    public ValueTask ForgetSharedAsync(string action, ClientNetwork network, string subject, CancellationToken cancellationToken) =>
        shared.ForgetAsync(NameOf(action, $"{subject} {network.Name}"), cancellationToken);

    private static RateLimit WideOf(RateLimit limit) => new() { PerSecond = 10 * limit.PerSecond, Burst = 10 * limit.Burst };

    private static string NameOf(string action, string caller) => $"{action} {caller}";

    private Refusal? RefusalAfter(string action, TimeSpan? wait)
    {
        if (wait is null)
            return null;
        metrics.Refused(action);
        return Refusals.RateLimited(wait.Value);
    }
}
