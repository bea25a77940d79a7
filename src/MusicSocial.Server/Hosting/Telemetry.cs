using MusicSocial.Realtime;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace MusicSocial.Server.Hosting;

/// <summary>
/// Sends the hub's metrics to an OpenTelemetry collector when the setting <c>Otlp</c> names one, e.g. <c>http://localhost:4317</c> (gRPC).
/// </summary>
internal sealed class Telemetry(IConfiguration configuration) : IHostedService, IDisposable
{
    public const string Setting = "Otlp";

    private const int MostWaitMs = 2_000;

    private static readonly string[] Meters =
    [
        RealtimeMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections",
        "System.Runtime", "Npgsql",
    ];

    private MeterProvider? _meters;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration[Setting] is { Length: > 0 } collector)
            _meters = Build(new Uri(collector));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        // What was counted since the last export leaves with the node; a collector that does not answer does not hold it up.
        _meters?.Shutdown(MostWaitMs);
        return Task.CompletedTask;
    }

    public void Dispose() => _meters?.Dispose();

    private static MeterProvider Build(Uri collector) =>
        Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService("musicsocial", serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}"))
            .AddMeter(Meters)
            .AddOtlpExporter(otlp =>
                (otlp.Endpoint, otlp.Protocol, otlp.TimeoutMilliseconds) = (collector, OtlpExportProtocol.Grpc, MostWaitMs))
            .Build();
}
