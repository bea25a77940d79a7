namespace MusicSocial.Server.Rooms;

/// <summary>Connections of this node that read along in a room without being in it, and whose they are.</summary>
internal sealed class RoomReaders
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<string, string>> _rooms = [];

    public void Add(string roomId, string userId, string connectionId)
    {
        lock (_lock)
        {
            if (!_rooms.TryGetValue(roomId, out var readers))
                _rooms[roomId] = readers = [];
            readers[connectionId] = userId;
        }
    }

    public void Remove(string roomId, string connectionId)
    {
        lock (_lock)
        {
            if (_rooms.TryGetValue(roomId, out var readers) && readers.Remove(connectionId) && readers.Count == 0)
                _rooms.Remove(roomId);
        }
    }

    public bool Any(string roomId)
    {
        lock (_lock)
            return _rooms.ContainsKey(roomId);
    }

    /// <summary>Person by connection.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Of(string roomId)
    {
        lock (_lock)
            return _rooms.TryGetValue(roomId, out var readers) ? [.. readers] : [];
    }
}
