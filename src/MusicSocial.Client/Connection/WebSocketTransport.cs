using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace MusicSocial.Client.Connection;

/// <summary>One WebSocket without negotiation: a round trip less, and no sticky sessions needed.</summary>
internal sealed class WebSocketTransport(ClientWebSocket socket) : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
        var stream = WebSocketStream.Create(socket, WebSocketMessageType.Text, closeTimeout: TimeSpan.FromSeconds(1));
        return new DefaultConnectionContext(Guid.CreateVersion7().ToString())
        {
            Transport = new Duplex(PipeReader.Create(stream), PipeWriter.Create(stream)),
        };
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
