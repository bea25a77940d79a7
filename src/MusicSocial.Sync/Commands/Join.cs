namespace MusicSocial.Sync.Commands;

/// <summary>
/// Someone comes in. The first to come back to a vacant room sets the interrupted music going again. Whether they know the
/// password, and whether the room is full, was checked at the door.
/// </summary>
/// <param name="By">User id of who comes.</param>
public sealed record Join(string By) : RoomCommand
{
    internal override bool AppliesToVacant => true;

    internal override Room ApplyTo(Room room, Moment at)
    {
        if (room.BannedFor(By, at.Now) is { } wait)
        {
            throw new RefusedException(RoomRefusals.Kicked(wait));
        }

        return TakeOverAbandoned(Enter(room, at), at).Reopen(at);
    }

    private Room Enter(Room room, Moment at)
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

    private Room TakeOverAbandoned(Room room, Moment at)
    {
        var host = room.Member(room.HostId)!;
        var led = room.Members.Any(member => member.Present && member.Role > RoomRole.Listener);
        return led || at.Now - host.Since < RoomLimits.HostKept ? room : room.PassHost(By, at.Now);
    }
}
