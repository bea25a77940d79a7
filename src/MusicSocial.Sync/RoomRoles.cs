namespace MusicSocial.Sync;

/// <summary>How roles pass between members, within the bounds of what a room knows by name.</summary>
internal static class RoomRoles
{
    /// <summary>Whether one who is a listener can get a role.</summary>
    public static bool HasPlaceForRole(this Room room, string userId) =>
        room.Members.Count(member => member.Role > RoomRole.Listener) < RoomLimits.Roles
        && (room.Member(userId) is not null || room.Members.Length < RoomLimits.KnownMembers);

    /// <summary>The room with a member in another role. Someone the room did not know is here; absent listeners are forgotten.</summary>
    public static Room WithRole(this Room room, string userId, RoomRole role, HubTime now)
    {
        var member = room.Member(userId);
        if (member is null)
        {
            return room with { Members = room.Members.Add(new(userId, role, Present: true, now)) };
        }

        return room with
        {
            Members = role == RoomRole.Listener && !member.Present
                ? room.Members.Remove(member)
                : room.Members.Replace(member, member with { Role = role }),
        };
    }

    /// <summary>The room with another host. The former one stays as DJ, or becomes a listener where there is no place for one more role.</summary>
    public static Room PassHost(this Room room, string userId, HubTime now)
    {
        var former = room.HostId;
        if (former == userId)
        {
            return room;
        }

        var place = room.RoleOf(userId) == RoomRole.Dj || room.HasPlaceForRole(userId);
        return room.WithRole(former, place ? RoomRole.Dj : RoomRole.Listener, now).WithRole(userId, RoomRole.Host, now);
    }

    /// <summary>The room with somebody in it, and interrupted music going on.</summary>
    public static Room Reopen(this Room room, Moment at)
    {
        if (!room.Vacant)
        {
            return room;
        }

        var open = room with { Vacant = false };
        return open.Interrupted && !open.Queue.IsEmpty ? open.Run(at.Start) : open;
    }
}
