namespace MusicSocial.Server.Friends;

/// <summary>The follows around one person, as another person sees them.</summary>
internal sealed record FollowCounts
{
    public int Followers { get; init; }
    public int Following { get; init; }
    public bool FollowedByMe { get; init; }
    public bool FollowsMe { get; init; }

    public Profile ProfileOf(User user) =>
        new(user.Id, user.Handle, user.DisplayName, user.Guest, Followers, Following, FollowedByMe, FollowsMe);
}
