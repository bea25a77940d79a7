namespace MusicSocial.Sync.Commands;

/// <summary>The music jumps, running or standing as before.</summary>
/// <param name="By">User id of a DJ or the host.</param>
/// <param name="Position">From zero to the track's duration.</param>
public sealed record Seek(string By, TimeSpan Position) : RoomCommand
{
    internal override Room ApplyTo(Room room, Moment at)
    {
        if (room.Require(By, RoomRole.Dj).Queue.Current is null)
        {
            throw new RefusedException(RoomRefusals.NothingPlaying);
        }

        if (Position < TimeSpan.Zero || Position > room.Timeline.Duration)
        {
            throw new RefusedException(RoomRefusals.InvalidSeek);
        }

        return room with
        {
            Timeline = room.Timeline.IsPlaying
                ? room.Timeline.PlayingFrom(Position, at.Start)
                : room.Timeline with { Anchor = Position, AnchoredAt = at.Now },
        };
    }
}
