namespace MusicSocial.Sync.Commands;

/// <summary>The host closes the room for good.</summary>
/// <param name="By">User id of the host.</param>
public sealed record Close(string By) : RoomCommand
{
    internal override bool AppliesToVacant => true;

    internal override Room ApplyTo(Room room, Moment at)
    {
        var vacated = new Vacate().ApplyTo(room.Require(By, RoomRole.Host), at);
        return vacated with { Closed = true, Interrupted = false };
    }
}
