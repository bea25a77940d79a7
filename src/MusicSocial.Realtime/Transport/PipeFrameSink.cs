using System.IO.Pipelines;

namespace MusicSocial.Realtime.Transport;

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
