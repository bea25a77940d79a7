namespace MusicSocial.Sync.Commands;

/// <summary>One of the present wants the current item skipped; enough of them skip it.</summary>
/// <param name="By">User id of the voter.</param>
/// <param name="ItemId">The item they heard when they voted.</param>
/// <param name="Present">How many people are present: only they count.</param>
public sealed record VoteSkip(string By, string? ItemId, int Present) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
    {
        if (!room.Settings.VoteSkip)
        {
            throw new RefusedException(RoomRefusals.VotingOff);
        }

        room.RequireCurrent(ItemId);
        return room.SkipVotes.Contains(By) ? room : Decide(room with { SkipVotes = room.SkipVotes.Add(By) }, Present, at);
    }

    /// <summary>The room one item on when the votes suffice.</summary>
    internal static Room Decide(Room room, int present, CommandTime at) =>
        !room.SkipVotes.IsEmpty && room.SkipVotes.Length >= room.Settings.VotesNeeded(present) ? room.PlayNext(at.Start) : room;
}

/// <summary>
/// A member's device cannot play the current item: the file is empty or broken, or the device does not know its format. When more than half of the
/// present say so the item is skipped, and all members are told.
/// </summary>
/// <param name="By">User id of who says so.</param>
/// <param name="ItemId">What cannot be played.</param>
/// <param name="Present">How many people are present.</param>
public sealed record CannotPlay(string By, string? ItemId, int Present) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
    {
        room.RequireCurrent(ItemId);
        if (room.Unable.Contains(By))
        {
            return room;
        }

        return Decide(room with { Unable = room.Unable.Add(By) }, Present, at);
    }

    /// <summary>The room one item on when the complaints suffice.</summary>
    internal static Room Decide(Room room, int present, CommandTime at) =>
        !room.Unable.IsEmpty && room.Unable.Length >= Needed(present) ? room.PlayNext(at.Start) with { Unplayable = room.Queue.Current } : room;

    private static int Needed(int present) => Math.Clamp((present / 2) + 1, 1, RoomLimits.SkipVotes);
}
