using System.Collections.Immutable;

namespace MusicSocial.Sync.Commands;

/// <summary>
/// Someone has left. Listeners are forgotten, DJs keep their role; a host passes the room on - to the DJ, else to the listener,
/// who has been here longest - and comes back as DJ.
/// </summary>
/// <param name="By">User id of who left.</param>
/// <param name="Left">Who is still present.</param>
public sealed record Leave(string By, Crowd Left) : RoomCommand
{
    internal override bool AppliesToVacant => true;

    internal override Room ApplyTo(Room room, Moment at)
    {
        var left = Forget(room, at.Now);
        if (room.RoleOf(By) == RoomRole.Host && Heir(left) is { } heir)
        {
            left = left.PassHost(heir, at.Now);
        }

        var votes = left.SkipVotes.Contains(By) ? left.SkipVotes.Remove(By) : left.SkipVotes;
        left = left.SkipVotes == votes ? left : left with { SkipVotes = votes };
        return VoteSkip.Decide(left, Left.Count, at);
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
