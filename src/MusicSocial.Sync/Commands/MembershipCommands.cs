using System.Collections.Immutable;

namespace MusicSocial.Sync.Commands;

/// <summary>
/// A user joins. The first to come back to a vacant room sets the interrupted music going again. Whether they know the
/// password, and whether the room is full, was checked before.
/// </summary>
/// <param name="By">User id of who comes.</param>
public sealed record Join(string By) : RoomCommand
{
    internal override bool AppliesToVacant => true;

    internal override Room ApplyTo(Room room, CommandTime at)
    {
        if (room.BannedFor(By, at.Now) is { } wait)
        {
            throw new RefusedException(RoomRefusals.Kicked(wait));
        }

        return TakeOverAbandoned(Enter(room, at), at).Reopen(at);
    }

    private Room Enter(Room room, CommandTime at)
    {
        var member = room.Member(By);
        if (member is { Present: true })
        {
            return room;
        }

        if (member is null && room.Members.Length >= RoomLimits.SmallRoom)
        {
            return room;
        }

        var known = member is null ? room.Members : room.Members.Remove(member);
        return room with { Members = known.Add(new(By, member?.Role ?? RoomRole.Listener, Present: true, at.Now)) };
    }

    private Room TakeOverAbandoned(Room room, CommandTime at)
    {
        var host = room.Member(room.HostId)!;
        var led = room.Members.Any(member => member.Present && member.Role > RoomRole.Listener);
        return led || at.Now - host.Since < RoomLimits.HostKept ? room : room.PassHost(By, at.Now);
    }
}

/// <summary>
/// A member has left. Listeners are forgotten, DJs keep their role; a host passes the room on - to the DJ, else to the listener,
/// who has been here longest - and comes back as DJ.
/// </summary>
/// <param name="By">User id of who left.</param>
/// <param name="Left">Who is still present.</param>
public sealed record Leave(string By, Occupancy Left) : RoomCommand
{
    internal override bool AppliesToVacant => true;

    internal override Room ApplyTo(Room room, CommandTime at)
    {
        var left = Forget(room, at.Now);
        if (room.RoleOf(By) == RoomRole.Host && Heir(left) is { } heir)
        {
            left = left.PassHost(heir, at.Now);
        }

        var votes = left.SkipVotes.Contains(By) ? left.SkipVotes.Remove(By) : left.SkipVotes;
        left = left.SkipVotes == votes ? left : left with { SkipVotes = votes };
        left = left.Unable.Contains(By) ? left with { Unable = left.Unable.Remove(By) } : left;
        // With fewer present, fewer votes and complaints suffice.
        return CannotPlay.Decide(VoteSkip.Decide(left, Left.Count, at), Left.Count, at);
    }

    private Room Forget(Room room, HubTime now)
    {
        if (room.Member(By) is not { Present: true } member)
        {
            return room;
        }

        return room with
        {
            Members = member.Role == RoomRole.Listener
                ? room.Members.Remove(member)
                : room.Members.Replace(member, member with { Present = false, Since = now }),
        };
    }

    private string? Heir(Room room) =>
        (Longest(room.Members, RoomRole.Dj) ?? Longest(room.Members, RoomRole.Listener))?.UserId
        ?? Left.Some.FirstOrDefault(userId => userId != By);

    private static RoomMember? Longest(ImmutableArray<RoomMember> members, RoomRole role) =>
        members.FirstOrDefault(member => member.Present && member.Role == role);
}

/// <summary>A member is removed, loses their role and stays out for <see cref="RoomLimits.BanTime"/>.</summary>
/// <param name="By">User id of a member with a higher role than the other: DJs remove listeners, the host any other member.</param>
/// <param name="UserId">Who; the caller checked that those the room does not know are present.</param>
public sealed record Kick(string By, string UserId) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
    {
        if (room.RoleOf(By) <= room.RoleOf(UserId))
        {
            throw new RefusedException(RoomRefusals.Forbidden);
        }

        var standing = room.Bans.RemoveAll(ban => ban.UserId == UserId || ban.Until <= at.Now);
        var bans = standing.Length < RoomLimits.Bans ? standing : standing.RemoveAt(0);
        return room with
        {
            Bans = bans.Add(new(UserId, at.Now + RoomLimits.BanTime)),
            Members = room.Members.RemoveAll(member => member.UserId == UserId),
            SkipVotes = room.SkipVotes.Remove(UserId),
            Unable = room.Unable.Remove(UserId),
        };
    }
}

/// <summary>The host gives a role. Giving the host's role passes the room on; the former host stays as DJ.</summary>
/// <param name="By">User id of the host.</param>
/// <param name="UserId">A user who is here or holds a role; the caller checked those the room does not know.</param>
/// <param name="Role">The role.</param>
public sealed record SetRole(string By, string UserId, RoomRole Role) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
    {
        room.Require(By, RoomRole.Host);
        if (room.RoleOf(UserId) == Role)
        {
            return room;
        }

        if (UserId == By || !Enum.IsDefined(Role))
        {
            throw new RefusedException(RoomRefusals.InvalidRole);
        }

        var promoted = room.RoleOf(UserId) == RoomRole.Listener;
        if (promoted && !room.HasPlaceForRole(UserId))
        {
            throw new RefusedException(RoomRefusals.TooManyRoles);
        }

        return Role == RoomRole.Host ? room.PassHost(UserId, at.Now) : room.WithRole(UserId, Role, at.Now);
    }
}

/// <summary>The last one has left: the music stands still where it is, queue, roles and settings stay.</summary>
public sealed record Vacate : RoomCommand
{
    internal override bool AppliesToVacant => true;

    internal override Room ApplyTo(Room room, CommandTime at) => room.Vacant ? room : room with
    {
        Vacant = true,
        Interrupted = room.Interrupted || room.Timeline.IsPlaying,
        Timeline = room.Timeline.IsPlaying ? room.Timeline.PausedAt(at.Now) : room.Timeline,
        SkipVotes = [],
        Unable = [],
        Members = [.. room.Members
            .Where(member => member.Role > RoomRole.Listener)
            .Select(member => member.Present ? member with { Present = false, Since = at.Now } : member)],
    };
}

/// <summary>A member is here after all: interrupted music goes on.</summary>
public sealed record Rejoin : RoomCommand
{
    internal override bool AppliesToVacant => true;

    internal override Room ApplyTo(Room room, CommandTime at) => room.Reopen(at);
}
