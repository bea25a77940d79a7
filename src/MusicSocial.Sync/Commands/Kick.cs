namespace MusicSocial.Sync.Commands;

/// <summary>Someone is removed, loses their role and stays out for <see cref="RoomLimits.BanTime"/>.</summary>
/// <param name="By">User id of someone with a higher role than the other: DJs remove listeners, the host anyone else.</param>
/// <param name="UserId">Who; the caller checked that those the room does not know are present.</param>
public sealed record Kick(string By, string UserId) : RoomCommand
{
    internal override Room ApplyTo(Room room, Moment at)
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
        };
    }
}
