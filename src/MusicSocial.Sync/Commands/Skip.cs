namespace MusicSocial.Sync.Commands;

/// <summary>On to the next item. Names the item it was decided on, so that no repetition and no race skips twice.</summary>
/// <param name="By">User id of a DJ or the host.</param>
/// <param name="FromItemId">The item that played when it was decided.</param>
public sealed record Skip(string By, string? FromItemId) : RoomCommand
{
    internal override Room ApplyTo(Room room, Moment at) =>
        room.Require(By, RoomRole.Dj).RequireCurrent(FromItemId).PlayNext(at.Start);
}
