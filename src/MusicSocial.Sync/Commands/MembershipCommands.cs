namespace MusicSocial.Sync.Commands;

/// <summary>
/// A user joins. The first to come back to a vacant room leads it and sets the interrupted music going again; the member to whom the room belongs is
/// host again. Whether they know the password, and whether the room is full, was checked before.
/// </summary>
/// <param name="By">User id of who comes.</param>
public sealed record Join(string By) : RoomCommand
{
    internal override bool AppliesToVacant => true;

    internal override Room ApplyTo(Room room, CommandTime at)
    {
        if (room.BanOf(By, at.Now) is { } ban)
        {
            throw new RefusedException(ban.RefusalAt(at.Now));
        }

        return Enter(room, at).WithPresentHost(By, at.Now).Reopen(at);
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
}

/// <summary>
/// A member has left. Listeners are forgotten, DJs keep their role; in a host's place leads the DJ, else the listener, who has been here longest.
/// </summary>
/// <param name="By">User id of who left.</param>
/// <param name="Left">Who is still present.</param>
public sealed record Leave(string By, Occupancy Left) : RoomCommand
{
    internal override bool AppliesToVacant => true;

    internal override Room ApplyTo(Room room, CommandTime at)
    {
        var left = Forget(room, at.Now);
        left = left.Vacant ? left : left.WithPresentHost(Left.Some.FirstOrDefault(userId => userId != By && userId != room.LastingHostId), at.Now);
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
}

/// <summary>The host gives a role. Giving the host's role passes the room on; the former host stays as DJ. The opener may take it back.</summary>
/// <param name="By">User id of the host, or of the opener who takes the host's role.</param>
/// <param name="UserId">A user who is here or holds a role; the caller checked those the room does not know.</param>
/// <param name="Role">The role.</param>
public sealed record SetRole(string By, string UserId, RoomRole Role) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
    {
        var takesBack = By == room.OpenerId && UserId == By && Role == RoomRole.Host;
        if (!takesBack)
        {
            room.Require(By, RoomRole.Host);
        }

        if (room.RoleOf(UserId) == Role)
        {
            return room;
        }

        if ((UserId == By && !takesBack) || !Enum.IsDefined(Role))
        {
            throw new RefusedException(RoomRefusals.InvalidRole);
        }

        // A room is led by a member who is there.
        if (Role == RoomRole.Host && room.Member(UserId) is { Present: false })
        {
            throw new RefusedException(RoomRefusals.NotMember);
        }

        var promoted = room.RoleOf(UserId) == RoomRole.Listener;
        if (promoted && !room.HasPlaceForRole(UserId))
        {
            throw new RefusedException(RoomRefusals.TooManyRoles);
        }

        return Role == RoomRole.Host ? room.GiveHost(By, UserId, at.Now) : room.WithRole(UserId, Role, at.Now).WithPresentHost(candidate: null, at.Now);
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
