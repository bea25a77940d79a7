namespace MusicSocial.Sync.Commands;

/// <summary>The last one has left: the music stands still where it is, queue, roles and settings stay.</summary>
public sealed record Vacate : RoomCommand
{
    internal override bool AppliesToVacant => true;

    internal override Room ApplyTo(Room room, Moment at) => room.Vacant ? room : room with
    {
        Vacant = true,
        Interrupted = room.Interrupted || room.Timeline.IsPlaying,
        Timeline = room.Timeline.IsPlaying ? room.Timeline.PausedAt(at.Now) : room.Timeline,
        SkipVotes = [],
        Members = [.. room.Members
            .Where(member => member.Role > RoomRole.Listener)
            .Select(member => member.Present ? member with { Present = false, Since = at.Now } : member)],
    };
}
