namespace MusicSocial.Sync.Commands;

/// <summary>The music runs, from where it stands or with the first queued item. Running music runs on.</summary>
/// <param name="By">User id of a DJ or the host.</param>
public sealed record Play(string By) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at) =>
        room.Require(By, RoomRole.Dj).Timeline.IsPlaying ? room : room.Run(at.Start);
}

/// <summary>The music stands still, at once. Pausing a paused room changes nothing.</summary>
/// <param name="By">User id of a DJ or the host.</param>
public sealed record Pause(string By) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
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

/// <summary>The music jumps, running or standing as before.</summary>
/// <param name="By">User id of a DJ or the host.</param>
/// <param name="Position">From zero to the track's duration.</param>
public sealed record Seek(string By, TimeSpan Position) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
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

/// <summary>On to the next item. Names the item it was decided on, so that no repetition and no race skips twice.</summary>
/// <param name="By">User id of a DJ or the host.</param>
/// <param name="FromItemId">The item that played when it was decided.</param>
public sealed record Skip(string By, string? FromItemId) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at) =>
        room.Require(By, RoomRole.Dj).RequireCurrent(FromItemId).PlayNext(at.Start);
}

/// <summary>Back to the item before; to the beginning of the current one when it has run a little or none came before.</summary>
/// <param name="By">User id of a DJ or the host.</param>
public sealed record Previous(string By) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
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
    private static Room GoOn(Room before, Room room, CommandTime at) => before.Interrupted ? room.Run(at.Start) : room;
}

/// <summary>A track was decoded and is not as long as its file said. The music runs on where it is; only its end moves.</summary>
/// <param name="TrackId">The track.</param>
/// <param name="Duration">How long it is, above zero.</param>
public sealed record CorrectLength(string TrackId, TimeSpan Duration) : RoomCommand
{
    internal override bool AppliesToVacant => true;

    internal override Room ApplyTo(Room room, CommandTime at)
    {
        var queue = room.Queue.WithLength(TrackId, Duration);
        if (ReferenceEquals(queue, room.Queue))
        {
            return room;
        }

        var timeline = room.Timeline.TrackId == TrackId
            ? room.Timeline with { Duration = Duration, Anchor = room.Timeline.Anchor > Duration ? Duration : room.Timeline.Anchor }
            : room.Timeline;
        return room with { Queue = queue, Timeline = timeline };
    }
}
