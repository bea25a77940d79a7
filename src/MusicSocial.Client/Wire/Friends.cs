namespace MusicSocial.Client.Wire;

/// <summary>A person with the follows around them.</summary>
/// <param name="Id">Opaque and permanent.</param>
/// <param name="Handle">Unique, compared without case.</param>
/// <param name="DisplayName">Chosen freely.</param>
/// <param name="Guest">True when nobody can log in to this account again.</param>
/// <param name="Followers">How many people follow this person.</param>
/// <param name="Following">How many people this person follows.</param>
/// <param name="FollowedByMe">Whether the one who asks follows this person.</param>
/// <param name="FollowsMe">Whether this person follows the one who asks.</param>
public sealed record Profile(
    string Id, string Handle, string DisplayName, bool Guest, int Followers, int Following, bool FollowedByMe, bool FollowsMe);

/// <summary>Somebody one follows.</summary>
/// <param name="User">Who.</param>
/// <param name="NowPlaying">Null when nothing plays or one may not see it.</param>
public sealed record Friend(User User, NowPlaying? NowPlaying);

/// <summary>Data of a notice of type <c>follower</c>.</summary>
/// <param name="User">Who follows now.</param>
public sealed record FollowerNotice(User User);
