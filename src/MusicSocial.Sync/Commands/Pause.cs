namespace MusicSocial.Sync.Commands;

/// <summary>The music stands still, at once. Standing music stands on.</summary>
/// <param name="By">User id of a DJ or the host.</param>
public sealed record Pause(string By) : RoomCommand
{
    internal override Room ApplyTo(Room room, Moment at)
    {
        room.Require(By, RoomRole.Dj);
        if (room.Timeline.IsPlaying)
        {
            return room with { Timeline = room.Timeline.PausedAt(at.Now) };
        }

        if (room.Queue.Current is null && !room.Interrupted)
        {
            throw new RefusedException(RoomRefusals.NothingPlaying);
        }

        return room.Interrupted ? room with { Interrupted = false } : room;
    }
}
