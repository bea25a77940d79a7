using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace MusicSocial.Realtime.Transport;

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
