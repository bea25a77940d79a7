using System.Collections.Concurrent;
using MusicSocial.Realtime.Background;

namespace MusicSocial.Realtime.Transport;

/// <summary>Every connection of our own transport on this node; one round a second looks after them all.</summary>
internal sealed class WebSocketConnections : IHeartbeat
{
    private readonly ConcurrentDictionary<WebSocketConnection, bool> _connections = new(ReferenceEqualityComparer.Instance);

    public int Count => _connections.Count;

    public void Add(WebSocketConnection connection) => _connections[connection] = true;

    public void Remove(WebSocketConnection connection) => _connections.TryRemove(connection, out _);

    /// <summary>Asks every hub connection to end politely: the host stops.</summary>
    public void RequestClose()
    {
        foreach (var (connection, _) in _connections)
            connection.RequestCloseSoon();
    }

    public ValueTask BeatAsync(CancellationToken cancellationToken) => _connections.VisitAsync(static one => one.Key.Beat());
}
