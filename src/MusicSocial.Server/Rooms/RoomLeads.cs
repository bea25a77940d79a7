using System.Collections.Concurrent;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// How far ahead changes of a room are anchored, from what the connections of this node said about their way here. Members on other nodes are not
/// asked: whoever balances people over nodes does not sort them by distance, so those here stand for all.
/// </summary>
internal sealed class RoomLeads(RoomSeats seats)
{
    /// <summary>In a large room so many stand for all.</summary>
    private const int Asked = 200;

    private readonly ConcurrentDictionary<string, PathDelay> _paths = new();

    /// <summary>A connection measured its way here; refuses <c>clock.invalid_round_trip</c>.</summary>
    public void Note(string connectionId, double roundTripMs, double jitterMs)
    {
        if (!PathDelay.IsPlausible(roundTripMs, jitterMs))
            throw new RefusedException(RoomRefusals.InvalidRoundTrip);
        _paths[connectionId] = new(TimeSpan.FromMilliseconds(roundTripMs), TimeSpan.FromMilliseconds(jitterMs));
    }

    /// <summary>The connection is gone.</summary>
    public void Forget(string connectionId) => _paths.TryRemove(connectionId, out _);

    public TimeSpan Of(string roomId) => Lead.For(KnownOf(roomId));

    private IEnumerable<PathDelay> KnownOf(string roomId)
    {
        foreach (var connectionId in seats.ConnectedSeats(roomId, Asked))
        {
            if (_paths.TryGetValue(connectionId, out var path))
                yield return path;
        }
    }
}
