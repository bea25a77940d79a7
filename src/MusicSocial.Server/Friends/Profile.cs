using MusicSocial.Server.Accounts;
using MusicSocial.Server.Playback;

namespace MusicSocial.Server.Friends;

/// <summary>A person as somebody signed in sees them: the <c>User</c> with the follows around it.</summary>
/// <param name="Followers">How many people follow this person.</param>
/// <param name="Following">How many people this person follows.</param>
/// <param name="FollowedByMe">Whether the one who asks follows this person.</param>
/// <param name="FollowsMe">Whether this person follows the one who asks.</param>
public sealed record Profile(
    string Id, string Handle, string DisplayName, bool Guest, int Followers, int Following, bool FollowedByMe, bool FollowsMe)
{
    internal static Profile Of(User user, FollowCounts counts) =>
        new(user.Id, user.Handle, user.DisplayName, user.Guest, counts.Followers, counts.Following, counts.FollowedByMe, counts.FollowsMe);
}

/// <summary>The follows around one person, seen by another.</summary>
internal sealed record FollowCounts
{
    public int Followers { get; init; }
    public int Following { get; init; }
    public bool FollowedByMe { get; init; }
    public bool FollowsMe { get; init; }
}

/// <summary>Data of a <c>follower</c> notice.</summary>
/// <param name="User">Who follows now.</param>
public sealed record FollowerNotice(User User);

/// <summary>Somebody I follow, in GET /api/me/friends.</summary>
/// <param name="NowPlaying">Absent when nothing plays or I may not see it.</param>
public sealed record Friend(User User, NowPlaying? NowPlaying);
