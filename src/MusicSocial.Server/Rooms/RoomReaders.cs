using System.Collections.Concurrent;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Server.Rooms;

/// <summary>Connections of this node that read along in a room without being in it. They lose sight of it when it closes its door.</summary>
internal sealed class RoomReaders(RoomEntrance entrance, ITopics topics)
{
    private readonly ConcurrentDictionary<(string RoomId, string ConnectionId), string> _readers = new();

    public void Add(string roomId, string userId, string connectionId) => _readers[(roomId, connectionId)] = userId;

    public void Remove(string roomId, string connectionId) => _readers.TryRemove((roomId, connectionId), out _);

    /// <summary>Ends the following of those who may not see the room as it is now.</summary>
    public async Task DismissAsync(LiveRoom live)
    {
        // Rare - a room's settings changed, somebody was kicked - so a look at all readers is cheap enough.
        foreach (var ((roomId, connectionId), userId) in _readers)
        {
            if (roomId == live.Id && !entrance.MayFollow(live.Room, userId))
                await topics.UnfollowAsync(connectionId, live.Topic, CancellationToken.None);
        }
    }
}
