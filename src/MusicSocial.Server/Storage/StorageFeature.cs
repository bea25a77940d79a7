using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MusicSocial.Server.Storage;

internal static class StorageFeature
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration("").ValidateDataAnnotations().ValidateOnStart();
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database");
        return services.AddSingleton<Database>();
    }

    private sealed class DatabaseCheck(Database database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await database.PingAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception exception) when (exception is DbException or IOException or RefusedException)
            {
                return HealthCheckResult.Unhealthy("database unavailable");
            }
        }
    }
}
