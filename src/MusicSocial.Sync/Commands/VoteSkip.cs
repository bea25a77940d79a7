namespace MusicSocial.Sync.Commands;

/// <summary>One of the present wants the current item skipped; enough of them skip it.</summary>
/// <param name="By">User id of the voter.</param>
/// <param name="ItemId">The item they heard when they voted.</param>
/// <param name="Present">How many people are present: only they count.</param>
public sealed record VoteSkip(string By, string? ItemId, int Present) : RoomCommand
{
    internal override Room ApplyTo(Room room, Moment at)
    {
        if (!room.Settings.VoteSkip)
        {
            throw new RefusedException(RoomRefusals.VotingOff);
        }

        room.RequireCurrent(ItemId);
        return room.SkipVotes.Contains(By) ? room : Decide(room with { SkipVotes = room.SkipVotes.Add(By) }, Present, at);
    }

    /// <summary>The room one item on when the votes suffice.</summary>
    internal static Room Decide(Room room, int present, Moment at) =>
        !room.SkipVotes.IsEmpty && room.SkipVotes.Length >= room.Settings.VotesNeeded(present) ? room.PlayNext(at.Start) : room;
}
