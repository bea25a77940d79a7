using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Transport;

namespace MusicSocial.Benchmarks.Realtime;

/// <summary>A hub connection over the product's own transport, up to the socket, which takes everything and sends nothing.</summary>
internal static class SilentConnection
{
    private static readonly FramedHubProtocol Protocol =
        new(new JsonHubProtocol(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = WireJson.Options })));

    public static HubConnectionContext Open(string id, TimeProvider time)
    {
        var connection = new DefaultConnectionContext(id) { Transport = new Way(time) };
        return new(connection, new() { KeepAliveInterval = TimeSpan.FromHours(1) }, NullLoggerFactory.Instance) { Protocol = Protocol };
    }

    private sealed class Way(TimeProvider time) : IDuplexPipe, IFrameSink, ITransferFormatFeature
    {
        private FrameWriter? _output;

        public PipeReader Input { get; } = PipeReader.Create(Stream.Null);

        public PipeWriter Output => _output ??= new(this, this, time, new());

        public TransferFormat SupportedFormats => TransferFormat.Text;

        public TransferFormat ActiveFormat { get; set; } = TransferFormat.Text;

        public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => default;
    }
}
