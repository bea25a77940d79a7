namespace MusicSocial.Sync.Commands;

/// <summary>A member has the current track at hand. When it was the last one a start waited for, the music starts.</summary>
/// <param name="By">User id of the member.</param>
/// <param name="ItemId">What they are ready for.</param>
public sealed record Ready(string By, string? ItemId) : RoomCommand
{
    internal override Room ApplyTo(Room room, Moment at)
    {
        room.RequireCurrent(ItemId);
        var known = room.Overdue.Contains(By) ? room with { Overdue = room.Overdue.Remove(By) } : room;
        return known.Awaited.Contains(By) ? known.Await(known.Awaited.Remove(By), at) : known;
    }
}
