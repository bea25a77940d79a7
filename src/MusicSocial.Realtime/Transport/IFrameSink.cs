using System.IO.Pipelines;
using System.Net.Sockets;

namespace MusicSocial.Realtime.Transport;

/// <summary>Sends bytes to the client.</summary>
internal interface IFrameSink
{
    /// <summary>
    /// Sends all of it, in order. Completes at once when the kernel takes it at once. Never called while another send is under way; after a failed or
    /// cancelled one the connection is beyond repair.
    /// </summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);
}

/// <summary>
/// Straight to the socket on the calling thread; only what the kernel does not take waits. The web server reads from the same socket and, once
/// the connection is upgraded, writes nothing to it.
/// </summary>
internal sealed class SocketFrameSink : IFrameSink
{
    private readonly Socket _socket;

    /// <summary>Takes over sending; at most about twice <paramref name="sendBuffer"/> bytes wait in the kernel for a client that does not read.</summary>
    public SocketFrameSink(Socket socket, int sendBuffer)
    {
        _socket = socket;
        // Concerns Send only: it reports what does not fit instead of waiting for room.
        socket.Blocking = false;
        socket.SendBufferSize = sendBuffer;
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var sent = _socket.Send(bytes.Span, SocketFlags.None, out var error);
        if (error is not (SocketError.Success or SocketError.WouldBlock))
            return ValueTask.FromException(new SocketException((int)error));
        return sent == bytes.Length ? default : SendRestAsync(bytes[sent..], cancellationToken);
    }

    private async ValueTask SendRestAsync(ReadOnlyMemory<byte> rest, CancellationToken cancellationToken)
    {
        while (!rest.IsEmpty)
            rest = rest[await _socket.SendAsync(rest, SocketFlags.None, cancellationToken)..];
    }
}

/// <summary>Through the web server, which encrypts.</summary>
internal sealed class PipeFrameSink(PipeWriter output) : IFrameSink
{
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var result = await output.WriteAsync(bytes, cancellationToken);
        if (result.IsCanceled || result.IsCompleted)
            throw new IOException("The connection is closed.");
    }
}
