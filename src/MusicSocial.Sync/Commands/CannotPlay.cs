namespace MusicSocial.Sync.Commands;

/// <summary>
/// Somebody's device cannot play the current item: the file is empty or broken, or the device does not know its format. When more than half of the
/// present say so the item is skipped, and everyone is told.
/// </summary>
/// <param name="By">User id of who says so.</param>
/// <param name="ItemId">What cannot be played.</param>
/// <param name="Present">How many people are present.</param>
public sealed record CannotPlay(string By, string? ItemId, int Present) : RoomCommand
{
    internal override Room ApplyTo(Room room, Moment at)
    {
        room.RequireCurrent(ItemId);
        if (room.Unable.Contains(By))
        {
            return room;
        }

        var unable = room with { Unable = room.Unable.Add(By) };
        return unable.Unable.Length >= Needed(Present) ? unable.PlayNext(at.Start) with { Unplayable = room.Queue.Current } : unable;
    }

    private static int Needed(int present) => Math.Clamp((present / 2) + 1, 1, RoomLimits.SkipVotes);
}
