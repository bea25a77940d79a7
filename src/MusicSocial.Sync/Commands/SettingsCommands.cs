namespace MusicSocial.Sync.Commands;

/// <summary>The host runs the room differently.</summary>
/// <param name="By">User id of the host.</param>
/// <param name="Change">The new settings, made from the present ones.</param>
/// <param name="Password">What becomes of the password; null keeps it.</param>
public sealed record ChangeSettings(string By, Func<RoomSettings, RoomSettings> Change, NewPassword? Password) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
    {
        var settings = Change(room.Require(By, RoomRole.Host).Settings).Checked();
        var hash = Password is null ? room.PasswordHash : Password.Hash;
        if (settings == room.Settings && hash == room.PasswordHash)
        {
            return room;
        }

        var changed = room with { Settings = settings, PasswordHash = hash };
        return settings.FairQueue && !room.Settings.FairQueue ? changed with { Queue = FairQueue.InTurn(room.Queue) } : changed;
    }
}

/// <summary>Another password for a room.</summary>
/// <param name="Hash">Its hash; null opens the room to all who find it.</param>
public sealed record NewPassword(string? Hash);

/// <summary>The opener closes the room for good.</summary>
/// <param name="By">User id of the opener.</param>
public sealed record Close(string By) : RoomCommand
{
    internal override bool AppliesToVacant => true;

    internal override Room ApplyTo(Room room, CommandTime at) =>
        By == room.OpenerId ? new CloseByOperator().ApplyTo(room, at) : throw new RefusedException(RoomRefusals.Forbidden);
}

/// <summary>An operator of the hub closes the room for good.</summary>
public sealed record CloseByOperator : RoomCommand
{
    internal override bool AppliesToVacant => true;

    internal override Room ApplyTo(Room room, CommandTime at) => new Vacate().ApplyTo(room, at) with { Closed = true, Interrupted = false };
}
