namespace MusicSocial.Sync.Commands;

/// <summary>An upcoming item gets another place.</summary>
/// <param name="By">User id of a DJ or the host.</param>
/// <param name="ItemId">The item.</param>
/// <param name="ToIndex">Its new place, counted from zero among the upcoming; beyond the end means last.</param>
public sealed record MoveQueued(string By, string? ItemId, int ToIndex) : RoomCommand
{
    internal override Room ApplyTo(Room room, Moment at)
    {
        var queue = room.Require(By, RoomRole.Dj).Queue;
        var from = ItemId is null ? -1 : queue.IndexOf(ItemId);
        if (from < 0)
        {
            throw new RefusedException(RoomRefusals.ItemNotFound);
        }

        if (ToIndex < 0)
        {
            throw new RefusedException(RoomRefusals.InvalidIndex);
        }

        var to = Math.Min(ToIndex, queue.Upcoming.Length - 1);
        return from == to ? room : room with { Queue = queue.Move(from, to) };
    }
}
