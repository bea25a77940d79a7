using System.IO.Pipelines;

namespace MusicSocial.Realtime.Tests.Interop;

/// <summary>A stream as the two ends of a connection.</summary>
internal sealed class StreamDuplex(Stream stream) : IDuplexPipe
{
    public PipeReader Input { get; } = PipeReader.Create(stream);

    public PipeWriter Output { get; } = PipeWriter.Create(stream);
}
