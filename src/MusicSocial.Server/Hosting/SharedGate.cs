using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Server.Hosting;

/// <summary>As <see cref="RateGate"/>, for what guards accounts and rooms: calls are counted over all nodes together.</summary>
internal sealed class SharedGate(IRateLimitStore limits)
{
    /// <summary>Takes one call or throws <see cref="RefusedException"/>.</summary>
    public async Task PassAsync(string action, string caller, RateLimit limit, CancellationToken cancellationToken)
    {
        if (await limits.TakeAsync($"{action} {caller}", limit.PerSecond, limit.Burst, cancellationToken) is { } wait)
            throw new RefusedException(Refusals.RateLimited(wait));
    }

    /// <summary>Begins to count anew: what was counted turned out to be harmless.</summary>
    public ValueTask ForgetAsync(string action, string caller, CancellationToken cancellationToken) =>
        limits.ForgetAsync($"{action} {caller}", cancellationToken);
}
