using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Topics;
using MusicSocial.Sync;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// Who is in which room. A person is there as long as one of their connections is; presence counts them over all nodes, and the
/// room is told when they come for the first time and leave with the last.
/// </summary>
internal sealed class RoomAttendance(
    RoomSeats seats, RoomGuests guests, RoomEars ears, IPresence presence, LiveRooms rooms, RoomWatch watch, ListenerCounts counts,
    RoomGrace grace, ITopicSubscriptions topics, IHubClock clock)
{
    /// <summary>How many of the present are looked at for an heir when the room knows none.</summary>
    private const int SomePresent = 8;

    /// <summary>Seats a connection; the room refuses those it banned.</summary>
    public async Task<LiveRoom> ArriveAsync(string roomId, string userId, string connectionId, CancellationToken cancellationToken)
    {
        var isNew = seats.Take(roomId, userId, connectionId);
        try
        {
            await ears.OpenAsync(roomId, cancellationToken);
            await presence.ArriveAsync(LiveRoom.TopicOf(roomId), userId, connectionId, cancellationToken);
            var live = await rooms.ApplyAsync(roomId, new Join(userId), cancellationToken);
            await guests.NoteAsync(roomId, userId, cancellationToken);
            watch.Arrived(live, userId);
            counts.Changed(roomId);
            return live;
        }
        catch when (isNew)
        {
            await LeaveAsync(roomId, userId, connectionId);
            throw;
        }
    }

    /// <summary>Whether somebody is in a room, on whichever node, known to the room or not. Whoever was removed is not, wherever they still sit.</summary>
    public async ValueTask<bool> IsPresentAsync(Room room, string userId, CancellationToken cancellationToken) =>
        room.BannedFor(userId, clock.Now) is null
        && (seats.Has(room.Id, userId)
            || room.Member(userId) is { Present: true }
            || await presence.IsPresentAsync(LiveRoom.TopicOf(room.Id), userId, cancellationToken));

    /// <summary>The room with this id or code, which somebody must be in; refuses <c>room.not_found</c> and <c>room.not_member</c>.</summary>
    public async Task<LiveRoom> RoomOfAsync(string userId, string? idOrCode, CancellationToken cancellationToken)
    {
        var live = await rooms.GetAsync(idOrCode, cancellationToken);
        return await IsPresentAsync(live.Room, userId, cancellationToken) ? live : throw new RefusedException(RoomRefusals.NotMember);
    }

    /// <summary>Whether somebody is in a room, or would be had their connection not failed them: they need not knock again.</summary>
    public async ValueTask<bool> IsExpectedAsync(Room room, string userId, CancellationToken cancellationToken) =>
        await IsPresentAsync(room, userId, cancellationToken) || await guests.ExpectsAsync(room.Id, userId, cancellationToken);

    /// <summary>Whether a connection has a seat.</summary>
    public bool IsSeated(string roomId, string userId, string connectionId) =>
        seats.Of(roomId, userId).Any(seat => seat.Connected && seat.ConnectionId == connectionId);

    /// <summary>How many people are present.</summary>
    public ValueTask<int> CountAsync(string roomId, CancellationToken cancellationToken) =>
        presence.CountAsync(LiveRoom.TopicOf(roomId), cancellationToken);

    /// <summary>A connection is gone, perhaps to come back: its person keeps the place for the grace.</summary>
    public async Task VanishAsync(string roomId, string userId, string connectionId, CancellationToken cancellationToken)
    {
        if (!seats.Vanish(roomId, userId, connectionId))
            return;
        grace.Begin(new VanishedSeat(roomId, userId, connectionId));
        // Renewed once more, so that the lease outlasts the grace.
        await presence.ArriveAsync(LiveRoom.TopicOf(roomId), userId, connectionId, cancellationToken);
    }

    /// <summary>A vanished connection did not come back in time.</summary>
    public async Task GiveUpAsync(VanishedSeat seat)
    {
        if (IsSeated(seat.RoomId, seat.UserId, seat.ConnectionId))
            return;
        await LeaveAsync(seat.RoomId, seat.UserId, seat.ConnectionId);
        await guests.VanishedAsync(seat.RoomId, seat.UserId);
    }

    /// <summary>A member the room knows as present is nowhere to be found.</summary>
    public async Task MissAsync(string roomId, string userId)
    {
        await TellLeftAsync(roomId, userId);
        await guests.VanishedAsync(roomId, userId);
    }

    /// <summary>
    /// Somebody sits here whom the room takes for absent: their lease was lost with the data of the backplane, or this node stood still for so
    /// long that the others gave its people up.
    /// </summary>
    public async Task InsistAsync(string roomId, string userId)
    {
        foreach (var (connectionId, _) in seats.Of(roomId, userId).Where(seat => seat.Connected))
            await presence.ArriveAsync(LiveRoom.TopicOf(roomId), userId, connectionId, CancellationToken.None);
        await rooms.ApplyAsync(roomId, new Join(userId), CancellationToken.None);
        counts.Changed(roomId);
    }

    /// <summary>Somebody leaves by their own will, with this connection and those that vanished before.</summary>
    public async Task LeaveByWillAsync(string roomId, string userId, string connectionId)
    {
        foreach (var (vanished, _) in seats.Of(roomId, userId).Where(seat => !seat.Connected))
            await LeaveAsync(roomId, userId, vanished);
        await LeaveAsync(roomId, userId, connectionId);
        await guests.ForgetAsync(roomId, userId);
    }

    /// <summary>Removes somebody with all connections of this node; nothing when they have none.</summary>
    public async Task RemoveAsync(string roomId, string userId)
    {
        var connections = seats.Of(roomId, userId).Select(seat => seat.ConnectionId).ToList();
        if (connections.Count == 0)
            return;
        await guests.ForgetAsync(roomId, userId);
        var message = new KickedView(RoomLimits.BanTime.TotalMilliseconds);
        topics.SignalLocal(LiveRoom.TopicOf(roomId), RoomMessages.Kicked, message, connections);
        foreach (var connectionId in connections)
        {
            await LeaveAsync(roomId, userId, connectionId);
            await topics.UnfollowAsync(connectionId, LiveRoom.TopicOf(roomId), CancellationToken.None);
        }
    }

    /// <summary>Takes a connection's seat away and, when it was its person's last anywhere, tells the room.</summary>
    public async Task LeaveAsync(string roomId, string userId, string connectionId)
    {
        if (!seats.Leave(roomId, userId, connectionId))
            return;
        var wasLast = await presence.LeaveAsync(LiveRoom.TopicOf(roomId), userId, connectionId, CancellationToken.None);
        // With a seat on another node they are in the room as before.
        if (wasLast)
            await TellLeftAsync(roomId, userId);
    }

    /// <summary>Tells the room that somebody is not there any more, and that nobody is when they were the last.</summary>
    private async Task TellLeftAsync(string roomId, string userId)
    {
        watch.Left(roomId, userId);
        var topic = LiveRoom.TopicOf(roomId);
        var some = await presence.WhoAsync(topic, SomePresent, CancellationToken.None);
        var crowd = new Crowd(await CountAsync(roomId, CancellationToken.None), [.. some]);
        await rooms.ApplyAsync(roomId, new Leave(userId, crowd), CancellationToken.None);
        if (seats.Has(roomId, userId))
        {
            // They came back between the last look at presence and the command.
            watch.Arrived(await rooms.ApplyAsync(roomId, new Join(userId), CancellationToken.None), userId);
        }

        if (crowd.Count == 0)
            await VacateAsync(roomId);
        counts.Changed(roomId);
    }

    /// <summary>Stops the music of a room nobody is in, unless somebody comes at this very moment.</summary>
    public async Task VacateAsync(string roomId)
    {
        await rooms.ApplyAsync(roomId, new Vacate(), CancellationToken.None);
        if (await CountAsync(roomId, CancellationToken.None) == 0)
            return;
        foreach (var userId in seats.People(roomId))
            await rooms.ApplyAsync(roomId, new Join(userId), CancellationToken.None);
        await rooms.ApplyAsync(roomId, new Return(), CancellationToken.None);
    }
}
