namespace MusicSocial.Sync;

/// <summary>
/// Whose votes and complaints count: the host, DJs, and listeners who have been present for a while, so that accounts that come together to vote decide nothing.
/// </summary>
/// <param name="Present">How many people are present.</param>
/// <param name="After">How long a listener is present before they count.</param>
/// <param name="Since">When the sender came, where the room does not know them; null when that is not known either.</param>
public sealed record Electorate(int Present, TimeSpan After, HubTime? Since = null)
{
    /// <summary>How many count: newcomers the room knows do not.</summary>
    public int CountIn(Room room, HubTime now) =>
        Math.Max(1, Present - room.Members.Count(member => member is { Present: true, Role: RoomRole.Listener } && now - member.Since < After));

    /// <summary>How long until a user's vote counts; zero when it does.</summary>
    public TimeSpan WaitOf(Room room, string userId, HubTime now)
    {
        var wait = room.RoleOf(userId) > RoomRole.Listener ? TimeSpan.Zero : After - (now - (room.Member(userId)?.Since ?? Since ?? now));
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Whether a complaint of before counts; what the room does not know was checked when it was made.</summary>
    internal bool Counts(Room room, string userId, HubTime now) => room.Member(userId) is null || WaitOf(room, userId, now) == TimeSpan.Zero;
}
