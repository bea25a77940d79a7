namespace MusicSocial.Sync.Commands;

/// <summary>The host runs the room differently.</summary>
/// <param name="By">User id of the host.</param>
/// <param name="Change">The new settings, made from the present ones.</param>
/// <param name="Password">What becomes of the password; null keeps it.</param>
public sealed record ChangeSettings(string By, Func<RoomSettings, RoomSettings> Change, NewPassword? Password) : RoomCommand
{
    internal override Room ApplyTo(Room room, Moment at)
    {
        var settings = Change(room.Require(By, RoomRole.Host).Settings).Checked();
        var hash = Password is null ? room.PasswordHash : Password.Hash;
        return settings == room.Settings && hash == room.PasswordHash ? room : room with { Settings = settings, PasswordHash = hash };
    }
}
