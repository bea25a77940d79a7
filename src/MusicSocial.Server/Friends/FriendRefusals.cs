namespace MusicSocial.Server.Friends;

internal static class FriendRefusals
{
    public static readonly Refusal Self = new("friends.self", "Nobody can follow themselves.");
    public static readonly Refusal Full = new("friends.full", $"One person follows at most {FollowStore.MaxFollowed} people.");
}
