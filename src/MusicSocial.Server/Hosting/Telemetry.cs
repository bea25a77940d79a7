using MusicSocial.Realtime;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace MusicSocial.Server.Hosting;

/// <summary>
/// Sends the hub's metrics to an OpenTelemetry collector when the setting <c>Otlp</c> names one, e.g. <c>http://localhost:4317</c> (gRPC).
/// </summary>
internal static class Telemetry
{
    public const string Setting = "Otlp";

    /// <summary>A collector that does not answer within this time delays neither an export nor the end of the node.</summary>
    private const int ExportTimeoutMs = 2_000;

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } collector)
            return services;
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("musicsocial", serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}"))
            .WithMetrics(metrics => metrics
                .AddMeter(RealtimeMetrics.MeterName, "System.Runtime", "Npgsql")
                .AddAspNetCoreInstrumentation()
                .AddOtlpExporter(otlp =>
                    (otlp.Endpoint, otlp.Protocol, otlp.TimeoutMilliseconds) = (new Uri(collector), OtlpExportProtocol.Grpc, ExportTimeoutMs)));
        return services;
    }
}
