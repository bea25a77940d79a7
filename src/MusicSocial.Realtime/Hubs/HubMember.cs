using Microsoft.AspNetCore.SignalR;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Hubs;

/// <summary>A connection of this node as its hub's audiences see it.</summary>
internal sealed class HubMember(HubConnectionContext connection, ConnectionWriter writer)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HubAudience> _audiences = new(StringComparer.Ordinal);
    private bool _hasLeft;

    public string Id => Connection.ConnectionId;

    public HubConnectionContext Connection { get; } = connection;

    public ConnectionWriter Writer { get; } = writer;

    /// <summary>Takes a place in an audience, or finds the one it has; null when the connection is gone.</summary>
    public HubAudience? Enter(string topic, Func<string, HubMember, HubAudience> enter)
    {
        lock (_lock)
        {
            if (_hasLeft)
                return null;
            if (!_audiences.TryGetValue(topic, out var audience))
                _audiences.Add(topic, audience = enter(topic, this));
            return audience;
        }
    }

    /// <summary>The audience to leave; null when it was not in it.</summary>
    public HubAudience? Leave(string topic)
    {
        lock (_lock)
            return _audiences.Remove(topic, out var audience) ? audience : null;
    }

    /// <summary>All audiences to leave; it can enter no more.</summary>
    public HubAudience[] LeaveAll()
    {
        lock (_lock)
        {
            _hasLeft = true;
            HubAudience[] audiences = [.. _audiences.Values];
            _audiences.Clear();
            return audiences;
        }
    }
}
