using System.Net;
using System.Net.Sockets;

namespace MusicSocial.Server.Tests.Deploy;

/// <summary>Clients of different addresses on one machine: all of 127.0.0.0/8 is loopback.</summary>
internal static class LoopbackClient
{
    /// <summary>A client whose requests come from <paramref name="address"/> and ask for <paramref name="host"/>.</summary>
    public static HttpClient From(string address, Uri server, string host)
    {
        var handler = new SocketsHttpHandler { ConnectCallback = (_, cancellationToken) => ConnectAsync(address, server, cancellationToken) };
        return new HttpClient(handler) { BaseAddress = new Uri($"http://{host}") };
    }

    private static async ValueTask<Stream> ConnectAsync(string address, Uri server, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(IPAddress.Parse(server.Host), server.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
