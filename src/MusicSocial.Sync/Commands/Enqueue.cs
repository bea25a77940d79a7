namespace MusicSocial.Sync.Commands;

/// <summary>A track joins the end of the queue; music that had run out goes on with it.</summary>
/// <param name="By">User id of a member who may queue.</param>
/// <param name="TrackId">A track that exists.</param>
/// <param name="Duration">Its length, more than zero.</param>
/// <param name="CommandId">Chosen by the sender, 1 to 64 characters: the same again from the same sender changes nothing.</param>
public sealed record Enqueue(string By, string TrackId, TimeSpan Duration, string? CommandId) : RoomCommand
{
    internal override Room ApplyTo(Room room, Moment at)
    {
        if (CommandId is not { Length: > 0 and <= RoomLimits.CommandIdLength })
        {
            throw new RefusedException(RoomRefusals.InvalidCommand);
        }

        if (Duration <= TimeSpan.Zero)
        {
            throw new RefusedException(RoomRefusals.Unplayable);
        }

        var command = $"{By}:{CommandId}";
        if (room.RecentCommands.Contains(command))
        {
            return room;
        }

        room.Require(By, room.Settings.AllowListenerQueue ? RoomRole.Listener : RoomRole.Dj);
        if (room.Queue.Upcoming.Length >= RoomLimits.Queue)
        {
            throw new RefusedException(RoomRefusals.QueueFull);
        }

        var recent = room.RecentCommands.Length < RoomLimits.RecentCommands ? room.RecentCommands : room.RecentCommands.RemoveAt(0);
        var queued = room with { Queue = room.Queue.Add(TrackId, Duration, By), RecentCommands = recent.Add(command) };
        return queued is { Interrupted: true, Vacant: false, Queue.Current: null } ? queued.Run(at.Start) : queued;
    }
}
