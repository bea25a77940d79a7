using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MusicSocial.TestRig;

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

    /// <summary>The same over TLS to a proxy that signed its own certificate.</summary>
    public static HttpClient OverTls(string address, NginxServer proxy, string host)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPemFile(proxy.Certificate);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = (_, cancellationToken) => ConnectAsync(address, proxy.Address, cancellationToken),
            SslOptions = { CertificateChainPolicy = trust },
        };
        return new HttpClient(handler) { BaseAddress = new Uri($"https://{host}") };
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
