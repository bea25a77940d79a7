using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.SignalR.Client;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Deploy;

/// <summary>The hub itself behind the nginx configuration it ships.</summary>
public sealed class HubBehindNginxTests
{
    private const string Host = "music.example";

    [Fact]
    public async Task Clients_are_limited_apart_by_their_own_addresses()
    {
        await using var hub = new HubApp(settings: new() { ["Limits:SignIns:Burst"] = "2", ["Limits:SignIns:PerSecond"] = "0.001" });
        await using var nginx = await NginxServer.StartAsync(hub.Address.Port);
        using var guesser = LoopbackClient.From("127.0.0.2", nginx.Address, Host);
        using var owner = LoopbackClient.From("127.0.0.3", nginx.Address, Host);

        for (var i = 0; i < 2; i++)
            await SignInAsync(guesser).RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
        await SignInAsync(guesser).RefusedAsync(HttpStatusCode.TooManyRequests, "rate.limited");

        await SignInAsync(owner).RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
    }

    [Fact]
    public async Task Links_lead_to_the_address_in_the_browser()
    {
        await using var hub = new HubApp();
        await using var nginx = await NginxServer.StartAsync(hub.Address.Port);
        var host = await hub.GuestAsync();
        var room = await host.Http.PostAsJsonAsync("/api/rooms", new { name = "Evening" }).ReadAsync<OpenedRoom>();
        using var direct = LoopbackClient.From("127.0.0.2", hub.Address, Host);
        using var behind = LoopbackClient.From("127.0.0.2", nginx.Address, Host);

        var path = new Uri($"/api/rooms/{room.Code}/qr.svg", UriKind.Relative);
        Assert.Equal(await direct.GetStringAsync(path), await behind.GetStringAsync(path));
    }

    [Fact]
    public async Task A_socket_opens_through_nginx()
    {
        await using var hub = new HubApp();
        await using var nginx = await NginxServer.StartAsync(hub.Address.Port);
        var ann = await hub.GuestAsync();

        await using var connection = await TestHubConnection.StartAsync(nginx.Address, ann.Session.AccessToken);

        Assert.Equal(HubConnectionState.Connected, connection.State);
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient client) =>
        client.PostAsJsonAsync("/api/accounts/login", new { handle = "ann", password = "wrong horse battery" });

    private sealed record OpenedRoom(string Code);
}
