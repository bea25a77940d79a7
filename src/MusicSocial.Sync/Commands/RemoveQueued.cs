namespace MusicSocial.Sync.Commands;

/// <summary>An upcoming item leaves the queue.</summary>
/// <param name="By">User id of a DJ, the host, or whoever added it.</param>
/// <param name="ItemId">The item.</param>
public sealed record RemoveQueued(string By, string? ItemId) : RoomCommand
{
    internal override Room ApplyTo(Room room, Moment at)
    {
        var index = ItemId is null ? -1 : room.Queue.IndexOf(ItemId);
        if (index < 0)
        {
            throw new RefusedException(RoomRefusals.ItemNotFound);
        }

        if (room.Queue.Upcoming[index].AddedBy != By)
        {
            room.Require(By, RoomRole.Dj);
        }

        return room with { Queue = room.Queue with { Upcoming = room.Queue.Upcoming.RemoveAt(index) } };
    }
}
