namespace MusicSocial.Sync.Commands;

/// <summary>A track joins the end of the queue, or its person's next turn where songs come in turn; music that had run out goes on with it.</summary>
/// <param name="By">User id of a member who may queue.</param>
/// <param name="TrackId">A track that exists.</param>
/// <param name="Duration">Its length, more than zero.</param>
/// <param name="CommandId">Chosen by the sender, 1 to 64 characters: the same again from the same sender changes nothing.</param>
public sealed record Enqueue(string By, string TrackId, TimeSpan Duration, string? CommandId) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
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

        if (room.RoleOf(By) == RoomRole.Listener && room.Queue.Upcoming.Count(item => item.AddedBy == By) >= room.Settings.QueueShare)
        {
            throw new RefusedException(RoomRefusals.QueueShare);
        }

        var recent = room.RecentCommands.Length < RoomLimits.RecentCommands ? room.RecentCommands : room.RecentCommands.RemoveAt(0);
        var place = room.Settings.FairQueue ? FairQueue.PlaceFor(room.Queue, By) : room.Queue.Upcoming.Length;
        var queued = room with { Queue = room.Queue.Insert(place, TrackId, Duration, By), RecentCommands = recent.Add(command) };
        return queued is { Interrupted: true, Vacant: false, Queue.Current: null } ? queued.Run(at.Start) : queued;
    }
}

/// <summary>An upcoming item gets another place.</summary>
/// <param name="By">User id of a DJ or the host.</param>
/// <param name="ItemId">The item.</param>
/// <param name="ToIndex">Its new place, counted from zero among the upcoming; beyond the end means last.</param>
public sealed record MoveQueued(string By, string? ItemId, int ToIndex) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
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

/// <summary>An upcoming item leaves the queue.</summary>
/// <param name="By">User id of a DJ, the host, or the member who added it.</param>
/// <param name="ItemId">The item.</param>
public sealed record RemoveQueued(string By, string? ItemId) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
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
