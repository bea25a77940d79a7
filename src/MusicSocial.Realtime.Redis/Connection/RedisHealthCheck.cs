using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MusicSocial.Realtime.Redis.Connection;

/// <summary>Whether this node reaches Redis: without it the node's listeners are better served elsewhere.</summary>
internal sealed class RedisHealthCheck(RedisConnection redis) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(redis.IsUp ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Redis unavailable"));
}
