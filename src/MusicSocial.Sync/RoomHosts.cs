namespace MusicSocial.Sync;

/// <summary>
/// Who is in charge of a room. It belongs to one member, at first its opener, who is host whenever they are present; while they are away a present member
/// leads in their place, and is afterwards what they were before.
/// </summary>
internal static class RoomHosts
{
    /// <summary>The room with a present host: the member it belongs to, else the opener, the DJ or the listener who has been here longest, else <paramref name="candidate"/>.</summary>
    /// <param name="room">The room.</param>
    /// <param name="candidate">A user who is present though the room may not know them; null when there is none.</param>
    /// <param name="now">The present.</param>
    public static Room WithPresentHost(this Room room, string? candidate, HubTime now)
    {
        if (room.Member(room.LastingHostId) is { Present: true } || candidate == room.LastingHostId)
        {
            return room.PassHost(room.LastingHostId, now);
        }

        if (room.Member(room.HostId)!.Present)
        {
            return room;
        }

        var next = Present(room, member => member.UserId == room.OpenerId)
            ?? Present(room, member => member.Role == RoomRole.Dj) ?? Present(room, member => member.Role == RoomRole.Listener) ?? candidate;
        return next is null ? room : room.PassHost(next, now);
    }

    /// <summary>
    /// The room with another host. A former one who led in place of another is again what they were before; any other stays as DJ, or becomes a
    /// listener where there is no place for one more role.
    /// </summary>
    public static Room PassHost(this Room room, string userId, HubTime now)
    {
        var former = room.HostId;
        if (former == userId)
        {
            return room;
        }

        var role = room.RoleOf(userId);
        var place = role == RoomRole.Dj || room.HasPlaceForRole(userId);
        var left = room.StandInRole ?? RoomRole.Dj;
        return room.WithRole(former, place ? left : RoomRole.Listener, now).WithRole(userId, RoomRole.Host, now) with
        {
            StandInRole = userId == room.LastingHostId ? null : role,
        };
    }

    /// <summary>The room as its host gives it to another member: for good when it belongs to the host or the opener takes it, else for the while.</summary>
    public static Room GiveHost(this Room room, string by, string userId, HubTime now) =>
        (by == room.LastingHostId || by == room.OpenerId ? room with { LastingHostId = userId } : room).PassHost(userId, now);

    // Members stand in the order in which they came.
    private static string? Present(Room room, Func<RoomMember, bool> which) => room.Members.FirstOrDefault(member => member.Present && which(member))?.UserId;
}
