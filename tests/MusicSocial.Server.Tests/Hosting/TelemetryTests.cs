using System.Net;
using System.Net.Sockets;

namespace MusicSocial.Server.Tests.Hosting;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Metrics_go_to_the_collector_that_was_named()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        var knock = collector.AcceptSocketAsync();

        await using (new HubApp(settings: new() { ["Otlp"] = $"http://{collector.LocalEndpoint}" }))
        {
            // Stopping exports what was counted.
        }

        using var exporter = await knock.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(exporter.Connected);
    }
}
