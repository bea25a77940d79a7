using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;

namespace MusicSocial.Realtime.Topics;

/// <summary>Every connection of this node, of any hub. Aborts those that have stalled.</summary>
internal sealed class TopicConnections(TimeProvider time, IOptions<RealtimeOptions> options, RealtimeMetrics metrics) : IHeartbeat
{
    private readonly ConcurrentDictionary<string, TopicConnection> _connections = new(StringComparer.Ordinal);

    public int Count => _connections.Count;

    public IEnumerable<TopicConnection> All => _connections.Select(entry => entry.Value);

    public TopicConnection Open(HubConnectionContext connection)
    {
        metrics.ConnectionOpened();
        return _connections[connection.ConnectionId] = new(connection, time);
    }

    public TopicConnection? Find(string connectionId) => _connections.GetValueOrDefault(connectionId);

    public bool IsConnected(string connectionId) => _connections.ContainsKey(connectionId);

    /// <summary>Forgets the connection: nothing more is written to it and it can follow nothing more.</summary>
    public TopicConnection? Close(string connectionId)
    {
        if (_connections.TryRemove(connectionId, out var connection))
        {
            metrics.ConnectionClosed();
            connection.Followed.Close();
            connection.Writer.Close();
        }

        return connection;
    }

    public ValueTask BeatAsync(CancellationToken cancellationToken) => _connections.VisitAsync(one => AbortIfStalled(one.Value));

    private void AbortIfStalled(TopicConnection connection)
    {
        if (connection.Writer.IsStalled(options.Value.StallTimeout) && connection.Writer.Abort())
            metrics.Aborted();
    }
}

/// <summary>A connection of this node as topics see it: what it follows, and the way out to it.</summary>
internal sealed class TopicConnection
{
    public TopicConnection(HubConnectionContext connection, TimeProvider time)
    {
        Id = connection.ConnectionId;
        Followed = new(this);
        Writer = new(connection, time);
    }

    public string Id { get; }

    public FollowedTopics Followed { get; }

    public ConnectionWriter Writer { get; }
}
