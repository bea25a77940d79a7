namespace MusicSocial.Protocol;

/// <summary>A person as a signed-in user sees them: the <see cref="User"/> with the follows around it.</summary>
/// <param name="Id">Opaque and permanent.</param>
/// <param name="Handle">Unique, compared without case.</param>
/// <param name="DisplayName">Chosen freely.</param>
/// <param name="Guest">True for an account without a password.</param>
/// <param name="Followers">How many people follow this person.</param>
/// <param name="Following">How many people this person follows.</param>
/// <param name="FollowedByMe">Whether the caller follows this person.</param>
/// <param name="FollowsMe">Whether this person follows the caller.</param>
public sealed record Profile(
    string Id, string Handle, string DisplayName, bool Guest, int Followers, int Following, bool FollowedByMe, bool FollowsMe)
{
    /// <summary>Whether the caller blocked this person: neither sees the other.</summary>
    public bool Blocked { get; init; }

    /// <summary>Whether the caller muted this person: the caller does not see them.</summary>
    public bool Muted { get; init; }

    /// <summary>Whether the caller chose this person as a close friend.</summary>
    public bool Close { get; init; }
}

/// <summary>A person the caller follows, in GET /api/me/friends.</summary>
/// <param name="User">The person.</param>
/// <param name="NowPlaying">Null when nothing plays or the caller may not see it.</param>
public sealed record Friend(User User, NowPlaying? NowPlaying);

/// <summary>Data of a notice of type <c>follower</c>.</summary>
/// <param name="User">The new follower.</param>
public sealed record FollowerNotice(User User);
