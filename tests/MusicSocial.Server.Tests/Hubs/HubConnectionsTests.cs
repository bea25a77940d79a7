using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime;
using MusicSocial.Server.Hubs;
using MusicSocial.Server.Limits;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Hubs;

public sealed class HubConnectionsTests
{
    [Fact]
    public async Task One_person_holds_only_so_many_connections()
    {
        await using var app = new HubApp(settings: new() { ["Limits:ConnectionsOfUser"] = "2" });
        var ann = await app.GuestAsync();
        await using var first = await HubClient.ConnectAsync(ann);
        var second = await HubClient.ConnectAsync(ann);
        var refused = await ann.ConnectAsync();
        await Patiently.UntilAsync(() => refused.State == Microsoft.AspNetCore.SignalR.Client.HubConnectionState.Disconnected, "the third is closed");

        await first.CallAsync("Clock", 0);
        await second.DisposeAsync();

        await Patiently.UntilAsync(
            async () =>
            {
                await using var next = await HubClient.ConnectAsync(ann);
                await next.CallAsync("Clock", 0);
            },
            "there is room for another");
    }

    [Fact]
    public async Task One_network_holds_only_so_many_and_what_was_refused_counts_for_nothing()
    {
        await using var services = new ServiceCollection().AddMetrics().AddSingleton<RealtimeMetrics>().BuildServiceProvider();
        var metrics = services.GetRequiredService<RealtimeMetrics>();
        var connections = new HubConnections(sessions: null!, Options.Create(new LimitOptions { ConnectionsOfUser = 2, ConnectionsOfNetwork = 3 }), metrics);
        var network = new ClientNetwork("192.0.2.1", null);
        connections.Add("ann", network);
        connections.Add("ann", network);
        Assert.Throws<RefusedException>(() => connections.Add("ann", network));
        connections.Add("bob", network);
        Assert.Throws<RefusedException>(() => connections.Add("cid", network));
        connections.Add("cid", new ClientNetwork("local", null, IsLocal: true));

        connections.Remove("ann", network);

        connections.Add("cid", network);
        Assert.Throws<RefusedException>(() => connections.Add("cid", network));
    }
}
