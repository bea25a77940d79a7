namespace MusicSocial.Sync.Commands;

/// <summary>The host gives a role. Giving the host's role passes the room on; the former host stays as DJ.</summary>
/// <param name="By">User id of the host.</param>
/// <param name="UserId">Someone who is here or holds a role; the caller checked those the room does not know.</param>
/// <param name="Role">The role.</param>
public sealed record SetRole(string By, string UserId, RoomRole Role) : RoomCommand
{
    internal override Room ApplyTo(Room room, Moment at)
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
