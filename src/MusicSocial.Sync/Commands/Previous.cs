namespace MusicSocial.Sync.Commands;

/// <summary>Back to the item before; to the beginning of the current one when it has run a little or none came before.</summary>
/// <param name="By">User id of a DJ or the host.</param>
public sealed record Previous(string By) : RoomCommand
{
    internal override Room ApplyTo(Room room, Moment at)
    {
        var queue = room.Require(By, RoomRole.Dj).Queue;
        if (queue.Current is null && queue.Played.IsEmpty)
        {
            throw new RefusedException(RoomRefusals.NothingPlaying);
        }

        var again = queue.Played.IsEmpty
            || (queue.Current is not null && room.Timeline.PositionAt(at.Now) > RoomLimits.BackToStart);
        return again ? new Seek(By, TimeSpan.Zero).ApplyTo(room, at) : GoOn(room, room.Load(queue.Back(), at.Start), at);
    }

    /// <summary>Music that had run out goes on with what it is given.</summary>
    private static Room GoOn(Room before, Room room, Moment at) => before.Interrupted ? room.Run(at.Start) : room;
}
