namespace MusicSocial.Server.Rooms;

/// <summary>
/// The connections of this node that have to do with rooms: those of members, and those of spectators, who read along in an open room without
/// being in it. A lost connection of a member is kept until its grace ends.
/// </summary>
internal sealed class RoomConnections
{
    private readonly Lock _lock = new();

    /// <summary>Room, then member, then connection, and whether it still is connected.</summary>
    private readonly Dictionary<string, Dictionary<string, Dictionary<string, bool>>> _members = [];

    /// <summary>Room, then connection, then the user it belongs to.</summary>
    private readonly Dictionary<string, Dictionary<string, string>> _spectators = [];

    /// <summary>Adds a member's connection; false when it is known already.</summary>
    public bool Add(string roomId, string userId, string connectionId)
    {
        lock (_lock)
        {
            var connections = Inner(Inner(_members, roomId), userId);
            var isNew = !connections.ContainsKey(connectionId);
            connections[connectionId] = true;
            return isNew;
        }
    }

    /// <summary>Marks a member's connection as lost; false when it is not known.</summary>
    public bool MarkLost(string roomId, string userId, string connectionId)
    {
        lock (_lock)
        {
            if (ConnectionsOf(roomId, userId) is not { } connections || !connections.ContainsKey(connectionId))
                return false;
            connections[connectionId] = false;
            return true;
        }
    }

    /// <summary>Removes a member's connection; false when it is not known.</summary>
    public bool Remove(string roomId, string userId, string connectionId)
    {
        lock (_lock)
        {
            if (ConnectionsOf(roomId, userId) is not { } connections || !connections.Remove(connectionId))
                return false;
            if (connections.Count == 0 && _members[roomId].Remove(userId) && _members[roomId].Count == 0)
                _members.Remove(roomId);
            return true;
        }
    }

    /// <summary>Whether a user is a member through this node.</summary>
    public bool Has(string roomId, string userId)
    {
        lock (_lock)
            return ConnectionsOf(roomId, userId) is not null;
    }

    /// <summary>Whether a member is connected through this very connection.</summary>
    public bool IsConnected(string roomId, string userId, string connectionId)
    {
        lock (_lock)
            return ConnectionsOf(roomId, userId)?.GetValueOrDefault(connectionId) ?? false;
    }

    /// <summary>A member's connections, and whether each still is connected.</summary>
    public IReadOnlyList<(string ConnectionId, bool Connected)> Of(string roomId, string userId)
    {
        lock (_lock)
            return ConnectionsOf(roomId, userId) is { } connections ? [.. connections.Select(one => (one.Key, one.Value))] : [];
    }

    /// <summary>Whether a room has a member through this node.</summary>
    public bool HasMembers(string roomId)
    {
        lock (_lock)
            return _members.ContainsKey(roomId);
    }

    /// <summary>Whether this node has a member or a spectator of the room.</summary>
    public bool HasAny(string roomId)
    {
        lock (_lock)
            return _members.ContainsKey(roomId) || _spectators.ContainsKey(roomId);
    }

    /// <summary>The members with a connection that is connected, at most so many.</summary>
    public IReadOnlyList<string> Connected(string roomId, int limit)
    {
        lock (_lock)
        {
            return _members.TryGetValue(roomId, out var members)
                ? [.. members.Where(member => member.Value.ContainsValue(true)).Take(limit).Select(member => member.Key)]
                : [];
        }
    }

    /// <summary>Connections of members that are connected, at most so many.</summary>
    public IReadOnlyList<string> Sample(string roomId, int limit)
    {
        lock (_lock)
        {
            return _members.TryGetValue(roomId, out var members)
                ? [.. members.Values.SelectMany(connections => connections).Where(one => one.Value).Take(limit).Select(one => one.Key)]
                : [];
        }
    }

    /// <summary>All members of a room through this node.</summary>
    public IReadOnlyList<string> Members(string roomId)
    {
        lock (_lock)
            return _members.TryGetValue(roomId, out var members) ? [.. members.Keys] : [];
    }

    public void AddSpectator(string roomId, string userId, string connectionId)
    {
        lock (_lock)
            Inner(_spectators, roomId)[connectionId] = userId;
    }

    public void RemoveSpectator(string roomId, string connectionId)
    {
        lock (_lock)
        {
            if (_spectators.TryGetValue(roomId, out var spectators) && spectators.Remove(connectionId) && spectators.Count == 0)
                _spectators.Remove(roomId);
        }
    }

    /// <summary>The spectators' connections and the users they belong to.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Spectators(string roomId)
    {
        lock (_lock)
            return _spectators.TryGetValue(roomId, out var spectators) ? [.. spectators] : [];
    }

    private Dictionary<string, bool>? ConnectionsOf(string roomId, string userId) =>
        _members.TryGetValue(roomId, out var members) ? members.GetValueOrDefault(userId) : null;

    private static Dictionary<string, T> Inner<T>(Dictionary<string, Dictionary<string, T>> outer, string key) =>
        outer.TryGetValue(key, out var inner) ? inner : outer[key] = [];
}
