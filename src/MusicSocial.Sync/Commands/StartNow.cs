namespace MusicSocial.Sync.Commands;

/// <summary>A start waits for nobody any more. Where nothing is waited for nothing changes.</summary>
/// <param name="By">User id of a DJ or the host.</param>
/// <param name="ItemId">The item that was waited with.</param>
public sealed record StartNow(string By, string? ItemId) : RoomCommand
{
    internal override Room ApplyTo(Room room, Moment at)
    {
        room.Require(By, RoomRole.Dj).RequireCurrent(ItemId);
        return room.IsWaiting(at.Now) ? room.StartNow(at) : room;
    }
}
