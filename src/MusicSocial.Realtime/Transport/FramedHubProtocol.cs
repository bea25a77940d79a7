using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace MusicSocial.Realtime.Transport;

/// <summary>A hub protocol whose shared messages carry their WebSocket head, so that it is written once and not per recipient.</summary>
internal sealed class FramedHubProtocol(IHubProtocol wire) : IHubProtocol
{
    private readonly FrameKind _kind = wire.TransferFormat == TransferFormat.Binary ? FrameKind.Binary : FrameKind.Text;

    public string Name => wire.Name;

    public int Version => wire.Version;

    public TransferFormat TransferFormat => wire.TransferFormat;

    public bool IsVersionSupported(int version) => wire.IsVersionSupported(version);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message) =>
        wire.TryParseMessage(ref input, binder, out message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => wire.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
    {
        using var buffer = new PooledBuffer();
        wire.WriteMessage(message, buffer);
        return FramedBytes.Of(buffer.Written, _kind);
    }
}

/// <summary>The registered hub protocols, each one framed.</summary>
internal sealed class FramedProtocolResolver : IHubProtocolResolver
{
    private readonly Dictionary<string, IHubProtocol> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The last one registered under a name counts, as in SignalR.</summary>
    public FramedProtocolResolver(IEnumerable<IHubProtocol> protocols)
    {
        foreach (var protocol in protocols)
            _byName[protocol.Name] = new FramedHubProtocol(protocol);
        AllProtocols = [.. _byName.Values];
    }

    public IReadOnlyList<IHubProtocol> AllProtocols { get; }

    public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols) =>
        _byName.TryGetValue(protocolName, out var protocol)
        && (supportedProtocols is null || supportedProtocols.Contains(protocol.Name, StringComparer.OrdinalIgnoreCase))
            ? protocol
            : null;
}
