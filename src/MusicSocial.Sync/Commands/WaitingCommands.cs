namespace MusicSocial.Sync.Commands;

/// <summary>A member has the current track at hand. When it was the last one a start waited for, the music starts.</summary>
/// <param name="By">User id of the member.</param>
/// <param name="ItemId">What they are ready for.</param>
public sealed record Ready(string By, string? ItemId) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
    {
        room.RequireCurrent(ItemId);
        var known = room.Overdue.Contains(By) ? room with { Overdue = room.Overdue.Remove(By) } : room;
        return known.Awaited.Contains(By) ? known.Await(known.Awaited.Remove(By), at) : known;
    }
}

/// <summary>A start waits for no member any more. Where nothing is waited for nothing changes.</summary>
/// <param name="By">User id of a DJ or the host.</param>
/// <param name="ItemId">The item that was waited with.</param>
public sealed record StartNow(string By, string? ItemId) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
    {
        room.Require(By, RoomRole.Dj).RequireCurrent(ItemId);
        return room.IsWaiting(at.Now) ? room.StartNow(at) : room;
    }
}
