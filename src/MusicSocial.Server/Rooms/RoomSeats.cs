namespace MusicSocial.Server.Rooms;

/// <summary>Which connections of this node are in which room, and whose. A vanished connection keeps its seat for the grace.</summary>
internal sealed class RoomSeats
{
    private readonly Lock _lock = new();

    /// <summary>Room, then person, then connection, and whether it still is connected.</summary>
    private readonly Dictionary<string, Dictionary<string, Dictionary<string, bool>>> _rooms = [];

    /// <summary>Gives a connection a seat; false when it has one.</summary>
    public bool Take(string roomId, string userId, string connectionId)
    {
        lock (_lock)
        {
            var people = Inner(_rooms, roomId);
            var seats = Inner(people, userId);
            var isNew = !seats.ContainsKey(connectionId);
            seats[connectionId] = true;
            return isNew;
        }
    }

    /// <summary>Marks a connection as vanished; false when it has no seat.</summary>
    public bool Vanish(string roomId, string userId, string connectionId)
    {
        lock (_lock)
        {
            var has = SeatsOf(roomId, userId) is { } seats && seats.ContainsKey(connectionId);
            if (has)
                SeatsOf(roomId, userId)![connectionId] = false;
            return has;
        }
    }

    /// <summary>Takes a connection's seat away; false when it has none.</summary>
    public bool Leave(string roomId, string userId, string connectionId)
    {
        lock (_lock)
        {
            if (SeatsOf(roomId, userId) is not { } seats || !seats.Remove(connectionId))
                return false;
            if (seats.Count == 0 && _rooms[roomId].Remove(userId) && _rooms[roomId].Count == 0)
                _rooms.Remove(roomId);
            return true;
        }
    }

    /// <summary>Whether somebody has a seat here.</summary>
    public bool Has(string roomId, string userId)
    {
        lock (_lock)
            return SeatsOf(roomId, userId) is not null;
    }

    /// <summary>Somebody's connections here, with whether they still are connected.</summary>
    public IReadOnlyList<(string ConnectionId, bool Connected)> Of(string roomId, string userId)
    {
        lock (_lock)
            return SeatsOf(roomId, userId) is { } seats ? [.. seats.Select(seat => (seat.Key, seat.Value))] : [];
    }

    /// <summary>Whether anybody has a seat here.</summary>
    public bool Any(string roomId)
    {
        lock (_lock)
            return _rooms.ContainsKey(roomId);
    }

    /// <summary>Everybody with a connected seat here.</summary>
    public IReadOnlyList<string> Connected(string roomId)
    {
        lock (_lock)
        {
            return _rooms.TryGetValue(roomId, out var people)
                ? [.. people.Where(person => person.Value.ContainsValue(true)).Select(person => person.Key)]
                : [];
        }
    }

    /// <summary>Connected seats here, at most so many.</summary>
    public IReadOnlyList<string> ConnectedSeats(string roomId, int most)
    {
        lock (_lock)
        {
            return _rooms.TryGetValue(roomId, out var people)
                ? [.. people.Values.SelectMany(seats => seats).Where(seat => seat.Value).Take(most).Select(seat => seat.Key)]
                : [];
        }
    }

    /// <summary>Everybody with a seat here.</summary>
    public IReadOnlyList<string> People(string roomId)
    {
        lock (_lock)
            return _rooms.TryGetValue(roomId, out var people) ? [.. people.Keys] : [];
    }

    private Dictionary<string, bool>? SeatsOf(string roomId, string userId) =>
        _rooms.TryGetValue(roomId, out var people) ? people.GetValueOrDefault(userId) : null;

    private static Dictionary<string, T> Inner<T>(Dictionary<string, Dictionary<string, T>> outer, string key) =>
        outer.TryGetValue(key, out var inner) ? inner : outer[key] = [];
}
