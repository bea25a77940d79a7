using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MusicSocial.Server.Tests;

/// <summary>A .NET SignalR client over one bare WebSocket.</summary>
internal static class TestHubConnection
{
    /// <summary>The wire's JSON, as SignalR frames it.</summary>
    public static IHubProtocol Json { get; } =
        new JsonHubProtocol(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = WireJson.Options }));

    public static async Task<HubConnection> StartAsync(Uri server, string accessToken, IHubProtocol? protocol = null, string? from = null)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnectionFactory(from));
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(
            new UriBuilder(server) { Scheme = "ws", Path = "/hub", Query = $"access_token={Uri.EscapeDataString(accessToken)}" }.Uri));
        builder.Services.AddSingleton(protocol ?? Json);
        var connection = builder.Build();
        await connection.StartAsync();
        return connection;
    }

    private sealed class WebSocketConnectionFactory(string? from) : IConnectionFactory
    {
        public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
        {
            var socket = new ClientWebSocket();
            if (from is not null)
                socket.Options.SetRequestHeader("X-Forwarded-For", from);
            await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
            var stream = WebSocketStream.Create(socket, WebSocketMessageType.Binary, ownsWebSocket: true);
            return new DefaultConnectionContext(Guid.CreateVersion7().ToString())
            {
                Transport = new StreamPipe(PipeReader.Create(stream), PipeWriter.Create(stream)),
            };
        }
    }

    private sealed record StreamPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
