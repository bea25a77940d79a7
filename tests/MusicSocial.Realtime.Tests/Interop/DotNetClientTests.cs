using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Realtime.Hubs;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Interop;

/// <summary>SignalR's own .NET client, speaking our MessagePack from its side.</summary>
public sealed class DotNetClientTests : IAsyncLifetime
{
    private WebApplication _server = null!;

    public async Task InitializeAsync() => _server = await TestSite.StartAsync(host => host.UseTestServer());

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task It_calls_follows_and_is_refused()
    {
        await using var client = await ConnectAsync();
        var framed = new TaskCompletionSource<Frame>();
        client.On<Frame>("Frame", framed.SetResult);
        var shapes = new Shapes("grüße", -5, long.MinValue, 0.1, true, null, ["a"], new Dictionary<string, int> { ["k"] = 1 }, DayOfWeek.Sunday);

        var echoed = await client.InvokeAsync<Shapes>("EchoShapes", shapes);
        var answer = await client.InvokeAsync<FollowAnswer>("Follow", "test:song", null);
        var position = await client.InvokeAsync<TopicPosition>("Publish", "test:song", "chat", "hi");
        var frame = await Eventually.Finishes(framed.Task);
        var refused = await Assert.ThrowsAsync<HubException>(() => client.InvokeAsync<FollowAnswer>("Follow", "nonsense", null));

        Assert.Equal(shapes with { List = echoed.List, Map = echoed.Map }, echoed);
        Assert.Equal(answer.Position with { Offset = 1 }, position);
        Assert.Equal((1L, "hi"), (frame.From, Assert.Single(frame.Events).Data.GetProperty("text").GetString()));
        Assert.EndsWith("topic.invalid", refused.Message, StringComparison.Ordinal);
    }

    private async Task<HubConnection> ConnectAsync()
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new SocketFactory(_server.GetTestServer()));
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(new("ws://localhost/hub")));
        builder.AddMessagePackWire();
        var client = builder.Build();
        await client.StartAsync();
        return client;
    }

    private sealed class SocketFactory(TestServer server) : IConnectionFactory
    {
        public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
        {
            var socket = await server.CreateWebSocketClient().ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
            var stream = WebSocketStream.Create(socket, WebSocketMessageType.Binary, ownsWebSocket: true);
            return new DefaultConnectionContext { Transport = new StreamDuplex(stream) };
        }
    }
}
