using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// Shows out of a room, on this node, those who have no business there any more: people who were removed, and readers to whom the room closed
/// its door. Every node's doorman does so for the room as it is, whoever changed it.
/// </summary>
internal sealed class RoomDoorman(RoomEntrance entrance, RoomAttendance attendance, RoomReaders readers, ITopicSubscriptions topics, IHubClock clock)
{
    public async Task SeeOutAsync(LiveRoom live)
    {
        var now = clock.Now;
        var banned = live.Room.Bans.Where(ban => ban.Until > now).Select(ban => ban.UserId).ToHashSet();
        foreach (var userId in banned)
            await attendance.RemoveAsync(live.Id, userId);
        // Everybody may read along in an open room; most rooms are, and nobody is banned.
        if (RoomEntrance.IsOpen(live.Room) && banned.Count == 0)
            return;
        foreach (var (connectionId, userId) in readers.Of(live.Id))
        {
            if (!await entrance.MayFollowAsync(live.Room, userId, CancellationToken.None))
                await topics.RevokeAsync(connectionId, live.Topic);
        }
    }
}
