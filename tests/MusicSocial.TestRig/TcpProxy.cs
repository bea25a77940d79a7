using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MusicSocial.TestRig;

/// <summary>A bad network between a client and a server on loopback: delays, swallows, cuts and refuses.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, byte> _sockets = new(); // 1: swallows what comes from it
    private readonly CancellationTokenSource _end = new();
    private readonly Func<int> _target;
    private readonly Task _accepting;
    private int _accepted;

    /// <summary>Forwards to the port <paramref name="target"/> names when a connection is made.</summary>
    public TcpProxy(Func<int> target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Connections made so far, refused ones included.</summary>
    public int Accepted => _accepted;

    /// <summary>Added to every piece of data, each way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Half-open: connections stand, what is sent vanishes.</summary>
    public bool Swallows { get; set; }

    /// <summary>New connections are closed at once.</summary>
    public bool Refuses { get; set; }

    /// <summary>Half-open for good: what is sent on the connections standing now vanishes, new ones work.</summary>
    public void SwallowStanding()
    {
        foreach (var socket in _sockets.Keys)
            _sockets[socket] = 1;
    }

    /// <summary>Cuts every standing connection.</summary>
    public void Cut()
    {
        foreach (var socket in _sockets.Keys)
            socket.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proxy ends.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            Interlocked.Increment(ref _accepted);
            _sockets[client] = _sockets[server] = 0;
            try
            {
                if (Refuses)
                    return;
                await server.ConnectAsync(IPAddress.Loopback, _target(), _end.Token);
                client.NoDelay = server.NoDelay = true;
                await Task.WhenAny(
                    PumpAsync(client, server), PumpAsync(server, client));
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
            {
                // A cut connection is what this is for.
            }
            finally
            {
                _sockets.TryRemove(client, out _);
                _sockets.TryRemove(server, out _);
            }
        }
    }

    private async Task PumpAsync(TcpClient source, TcpClient target)
    {
        var (from, to) = (source.GetStream(), target.GetStream());
        var buffer = new byte[16_384];
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, _end.Token)) > 0)
            {
                if (Delay > TimeSpan.Zero)
                    await Task.Delay(Delay, _end.Token);
                if (!Swallows && _sockets.GetValueOrDefault(source) == 0)
                    await to.WriteAsync(buffer.AsMemory(0, read), _end.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One end is gone: the other is closed by the caller.
        }
    }
}
