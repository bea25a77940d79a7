using MusicSocial.Realtime.Seams;
using MusicSocial.Realtime.Topics;
using MusicSocial.Sync;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// Who is in which room. A person is there as long as one of their connections is; presence counts them over all nodes, and the
/// room is told when they come for the first time and leave with the last.
/// </summary>
internal sealed class RoomAttendance(
    RoomSeats seats, RoomAbsentees absentees, IPresence presence, LiveRooms rooms, RoomWatch watch, ListenerCounts counts, RoomGrace grace,
    ITopics topics)
{
    /// <summary>How many of the present are looked at for an heir when the room knows none.</summary>
    private const int SomePresent = 8;

    /// <summary>Seats a connection; the room refuses those it banned.</summary>
    public async Task<LiveRoom> ArriveAsync(string roomId, string userId, string connectionId, CancellationToken cancellationToken)
    {
        var isNew = seats.Take(roomId, userId, connectionId);
        try
        {
            await presence.ArriveAsync(LiveRoom.TopicOf(roomId), userId, connectionId, cancellationToken);
            var live = await rooms.ApplyAsync(roomId, new Join(userId), cancellationToken);
            absentees.Forget(roomId, userId);
            watch.Arrived(roomId, userId, live.Room.Timeline);
            counts.Changed(roomId);
            return live;
        }
        catch when (isNew)
        {
            await LeaveAsync(roomId, userId, connectionId);
            throw;
        }
    }

    /// <summary>Whether somebody is in a room: with a seat here, or known to the room as present elsewhere.</summary>
    public bool IsPresent(Room room, string userId) => seats.Has(room.Id, userId) || room.Member(userId) is { Present: true };

    /// <summary>The room with this id or code, which somebody must be in; refuses <c>room.not_found</c> and <c>room.not_member</c>.</summary>
    public async Task<LiveRoom> RoomOfAsync(string userId, string? idOrCode, CancellationToken cancellationToken)
    {
        var live = await rooms.GetAsync(idOrCode, cancellationToken);
        return IsPresent(live.Room, userId) ? live : throw new RefusedException(RoomRefusals.NotMember);
    }

    /// <summary>Whether somebody is in a room, or would be had their connection not failed them: they need not knock again.</summary>
    public bool IsExpected(Room room, string userId) => IsPresent(room, userId) || absentees.Expects(room.Id, userId);

    /// <summary>Whether a connection has a seat.</summary>
    public bool IsSeated(string roomId, string userId, string connectionId) =>
        seats.Of(roomId, userId).Any(seat => seat.Connected && seat.ConnectionId == connectionId);

    /// <summary>Whether somebody is in a room, on whichever node, known to the room or not.</summary>
    public async Task<bool> IsPresentAnywhereAsync(Room room, string userId, CancellationToken cancellationToken) =>
        IsPresent(room, userId) || await presence.IsPresentAsync(LiveRoom.TopicOf(room.Id), userId, cancellationToken);

    /// <summary>How many people are present.</summary>
    public ValueTask<int> CountAsync(string roomId, CancellationToken cancellationToken) =>
        presence.CountAsync(LiveRoom.TopicOf(roomId), cancellationToken);

    /// <summary>A connection is gone, perhaps to come back: its person keeps the place for the grace.</summary>
    public async Task VanishAsync(string roomId, string userId, string connectionId, CancellationToken cancellationToken)
    {
        if (!seats.Vanish(roomId, userId, connectionId))
            return;
        // Renewed once more, so that the lease outlasts the grace.
        await presence.ArriveAsync(LiveRoom.TopicOf(roomId), userId, connectionId, cancellationToken);
        grace.Begin(new VanishedSeat(roomId, userId, connectionId));
    }

    /// <summary>A vanished connection did not come back in time.</summary>
    public async Task GiveUpAsync(VanishedSeat seat)
    {
        if (IsSeated(seat.RoomId, seat.UserId, seat.ConnectionId))
            return;
        absentees.Note(seat.RoomId, seat.UserId);
        await LeaveAsync(seat.RoomId, seat.UserId, seat.ConnectionId);
    }

    /// <summary>A member the room knows as present is nowhere to be found.</summary>
    public Task MissAsync(string roomId, string userId)
    {
        absentees.Note(roomId, userId);
        return TellLeftAsync(roomId, userId);
    }

    /// <summary>Somebody leaves by their own will, with this connection and those that vanished before.</summary>
    public async Task LeaveByWillAsync(string roomId, string userId, string connectionId)
    {
        foreach (var (vanished, _) in seats.Of(roomId, userId).Where(seat => !seat.Connected))
            await LeaveAsync(roomId, userId, vanished);
        await LeaveAsync(roomId, userId, connectionId);
        absentees.Forget(roomId, userId);
    }

    /// <summary>Removes somebody with all connections of this node.</summary>
    public async Task RemoveAsync(string roomId, string userId)
    {
        absentees.Forget(roomId, userId);
        var connections = seats.Of(roomId, userId).Select(seat => seat.ConnectionId).ToList();
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
        if (!seats.Has(roomId, userId))
            watch.Left(roomId, userId);
        if (wasLast)
            await TellLeftAsync(roomId, userId);
    }

    /// <summary>Tells the room that somebody is not there any more, and that nobody is when they were the last.</summary>
    private async Task TellLeftAsync(string roomId, string userId)
    {
        var topic = LiveRoom.TopicOf(roomId);
        var some = await presence.WhoAsync(topic, SomePresent, CancellationToken.None);
        var crowd = new Crowd(await CountAsync(roomId, CancellationToken.None), [.. some]);
        await rooms.ApplyAsync(roomId, new Leave(userId, crowd), CancellationToken.None);
        if (seats.Has(roomId, userId))
        {
            // They came back between the last look at presence and the command.
            await rooms.ApplyAsync(roomId, new Join(userId), CancellationToken.None);
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
