namespace MusicSocial.Sync.Commands;

/// <summary>One of the present wants the current item skipped; enough of them skip it.</summary>
/// <param name="By">User id of the voter.</param>
/// <param name="ItemId">The item they heard when they voted.</param>
/// <param name="Electorate">Who counts.</param>
public sealed record VoteSkip(string By, string? ItemId, Electorate Electorate) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
    {
        if (!room.Settings.VoteSkip)
        {
            throw new RefusedException(RoomRefusals.VotingOff);
        }

        room.RequireCurrent(ItemId);
        if (Electorate.WaitOf(room, By, at.Now) is var wait && wait > TimeSpan.Zero)
        {
            throw new RefusedException(RoomRefusals.VoteTooSoon(wait));
        }

        return room.SkipVotes.Contains(By)
            ? room
            : Decide(room with { SkipVotes = room.SkipVotes.Add(By) }, Electorate.CountIn(room, at.Now), at);
    }

    /// <summary>The room one item on when the votes suffice.</summary>
    internal static Room Decide(Room room, int present, CommandTime at) =>
        !room.SkipVotes.IsEmpty && room.SkipVotes.Length >= room.Settings.VotesNeeded(present) ? room.PlayNext(at.Start) : room;
}

/// <summary>
/// A member's device cannot play the current item: the file is empty or broken, or the device does not know its format. When more than half of those who count
/// say so the item is skipped, and all members are told. A newcomer's complaint is noted, and counts once they do.
/// </summary>
/// <param name="By">User id of who says so.</param>
/// <param name="ItemId">What cannot be played.</param>
/// <param name="Electorate">Who counts.</param>
public sealed record CannotPlay(string By, string? ItemId, Electorate Electorate) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
    {
        room.RequireCurrent(ItemId);
        var isUnknownNewcomer = room.Member(By) is null && Electorate.WaitOf(room, By, at.Now) > TimeSpan.Zero;
        if (room.Unable.Contains(By) || isUnknownNewcomer || room.Unable.Length >= RoomLimits.SkipVotes)
        {
            return room;
        }

        var noted = room with { Unable = room.Unable.Add(By) };
        var counted = noted.Unable.Count(userId => Electorate.Counts(room, userId, at.Now));
        return counted >= Needed(Electorate.CountIn(room, at.Now)) ? Skip(noted, at) : noted;
    }

    /// <summary>The room one item on when the complaints suffice; all of them are of members who count.</summary>
    internal static Room Decide(Room room, int present, CommandTime at) =>
        !room.Unable.IsEmpty && room.Unable.Length >= Needed(present) ? Skip(room, at) : room;

    private static Room Skip(Room room, CommandTime at) => room.PlayNext(at.Start) with { Unplayable = room.Queue.Current };

    private static int Needed(int present) => Math.Clamp((present / 2) + 1, 1, RoomLimits.SkipVotes);
}
