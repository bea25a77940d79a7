using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Hosting;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>Somebody at a room's door.</summary>
/// <param name="UserId">Who.</param>
/// <param name="ConnectionId">The connection they come by.</param>
/// <param name="Address">Where from, for throttling guesses.</param>
internal sealed record Visitor(string UserId, string ConnectionId, string Address);

/// <summary>The door of rooms: who may come in, and who may look in.</summary>
internal sealed class RoomEntrance(
    LiveRooms rooms, RoomAttendance attendance, RoomPasswords passwords, ITopicSubscriptions topics, SharedGate gate, IHubClock clock,
    IOptions<RoomOptions> options)
{
    /// <summary>Makes the visitor a member and follows the room for their connection.</summary>
    public async Task<FollowAnswer> EnterAsync(Visitor visitor, string? idOrCode, string? password, CancellationToken cancellationToken)
    {
        var live = await LookUpAsync(idOrCode, visitor.Address, cancellationToken);
        await AdmitAsync(live.Room, visitor, password, cancellationToken);
        await attendance.ArriveAsync(live.Id, visitor.UserId, visitor.ConnectionId, cancellationToken);
        try
        {
            return await topics.FollowAsync(visitor.ConnectionId, visitor.UserId, live.Topic, null, cancellationToken);
        }
        catch
        {
            await attendance.LeaveAsync(live.Id, visitor.UserId, visitor.ConnectionId);
            throw;
        }
    }

    /// <summary>The visitor leaves for good with this connection; leaving where one is not changes nothing.</summary>
    public async Task LeaveAsync(Visitor visitor, string? roomId, CancellationToken cancellationToken)
    {
        // A room that was closed is left like any other.
        var live = await rooms.FindAnyAsync(roomId, cancellationToken) ?? throw new RefusedException(RoomRefusals.NotFound);
        await attendance.LeaveByWillAsync(live.Id, visitor.UserId, visitor.ConnectionId);
        await topics.UnfollowAsync(visitor.ConnectionId, live.Topic, cancellationToken);
    }

    /// <summary>The room with this id or code, for somebody who may be guessing codes.</summary>
    public async Task<LiveRoom> LookUpAsync(string? idOrCode, string address, CancellationToken cancellationToken)
    {
        if (idOrCode?.Length == LiveRooms.CodeLength)
            await gate.PassAsync("room-code", address, options.Value.Codes, cancellationToken);
        return await rooms.GetAsync(idOrCode, cancellationToken);
    }

    /// <summary>Whether anyone who is signed in may read the room without entering it.</summary>
    public static bool IsOpen(Room room) => room is { Settings.Visibility: RoomVisibility.Public, PasswordHash: null };

    /// <summary>Whether somebody may see what happens in the room: it is open, or they are in it.</summary>
    public async ValueTask<bool> MayReadAsync(Room room, string? userId, CancellationToken cancellationToken) =>
        IsOpen(room) || (userId is not null && await attendance.IsExpectedAsync(room, userId, cancellationToken));

    /// <summary>Whether somebody may see it as it happens: they may read it and were not removed from it.</summary>
    public async ValueTask<bool> MayFollowAsync(Room room, string userId, CancellationToken cancellationToken) =>
        room.BannedFor(userId, clock.Now) is null && await MayReadAsync(room, userId, cancellationToken);

    /// <summary>Whether somebody could join right away, without being told anything else.</summary>
    public bool IsJoinable(Room room, string? userId) =>
        IsOpen(room) && (userId is null || room.BannedFor(userId, clock.Now) is null);

    private async Task AdmitAsync(Room room, Visitor visitor, string? password, CancellationToken cancellationToken)
    {
        if (room.BannedFor(visitor.UserId, clock.Now) is { } wait)
            throw new RefusedException(RoomRefusals.Kicked(wait));
        if (await attendance.IsExpectedAsync(room, visitor.UserId, cancellationToken))
            return;
        if (room.RoleOf(visitor.UserId) == RoomRole.Listener)
            await passwords.CheckAsync(room, password, visitor.Address, cancellationToken);
        if (await attendance.CountAsync(room.Id, cancellationToken) >= options.Value.MaxListeners)
            throw new RefusedException(RoomRefusals.Full);
    }
}
