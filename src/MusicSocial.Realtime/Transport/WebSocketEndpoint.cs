using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Logging;

namespace MusicSocial.Realtime.Transport;

/// <summary>
/// Connects a client that opens a WebSocket without negotiation straight to the hub. Whatever it does not recognise - other transports, HTTP/2, other web
/// servers, malformed requests - is SignalR's own to answer.
/// </summary>
internal sealed partial class WebSocketEndpoint(ConnectionHandler hub, WebSocketConnections connections, WebSocketLimits limits, ILogger<WebSocketEndpoint> logger)
{
    private const string Version = "13";
    private const int KeyLength = 24;

    // RFC 6455, 1.3.
    private const string Answer = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Whether this request is for this endpoint.</summary>
    public static bool Accepts(HttpContext http) =>
        http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && http.Features.Get<IConnectionTransportFeature>() is not null
        && HttpMethods.IsGet(http.Request.Method)
        && HttpProtocol.IsHttp11(http.Request.Protocol)
        && !http.Request.Query.ContainsKey("id")
        && http.Request.Headers.Upgrade is [{ } upgrade] && upgrade.Equals("websocket", StringComparison.OrdinalIgnoreCase)
        && http.Request.Headers.SecWebSocketVersion is [Version]
        && http.Request.Headers.SecWebSocketKey is [{ Length: KeyLength } key] && Convert.TryFromBase64String(key, stackalloc byte[KeyLength], out var bytes)
        && bytes == 16;

    /// <summary>Accepts the WebSocket and runs the hub on it until it ends, or until <paramref name="expiresAt"/> when connections end with their token.</summary>
    public async Task RunAsync(HttpContext http, DateTimeOffset? expiresAt)
    {
        http.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        await AcceptAsync(http);
        var transport = http.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport;
        if (SinkOf(http, transport) is not { } sink)
            return;
        var connection = new WebSocketConnection(http, transport.Input, sink, limits)
        {
            ExpiresAt = limits.EndsWithToken ? expiresAt : null,
        };
        connections.Add(connection);
        var hasFailed = true;
        try
        {
            await hub.OnConnectedAsync(connection);
            hasFailed = false;
        }
        catch (Exception exception)
        {
            LogFailed(exception, connection.ConnectionId);
        }
        finally
        {
            await connection.CloseAsync(hasFailed);
            connections.Remove(connection);
        }
    }

    [SuppressMessage("Security", "CA5350", Justification = "The handshake of WebSockets is defined with SHA-1; nothing depends on its strength.")]
    private static Task AcceptAsync(HttpContext http)
    {
        var key = http.Request.Headers.SecWebSocketKey.ToString();
        var headers = http.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Answer)));
        return http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    // The web server may still be sending its part of the handshake; the hub sends only what a client asked for, and a client that has
    // not read the handshake does not ask. Null when the client is gone already.
    private IFrameSink? SinkOf(HttpContext http, System.IO.Pipelines.IDuplexPipe transport)
    {
        try
        {
            return http.Features.Get<IConnectionSocketFeature>()?.Socket is { ProtocolType: ProtocolType.Tcp } socket
                && http.Features.Get<ITlsHandshakeFeature>() is null
                    ? new SocketFrameSink(socket, limits.SendBuffer)
                    : new PipeFrameSink(transport.Output);
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The hub failed on connection {Connection}.")]
    private partial void LogFailed(Exception exception, string connection);
}
