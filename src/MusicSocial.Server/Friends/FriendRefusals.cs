namespace MusicSocial.Server.Friends;

internal static class FriendRefusals
{
    public static readonly Refusal Self = new("friends.self", RefusalKind.Invalid, "People cannot follow themselves.");
    public static readonly Refusal Full = new("friends.full", RefusalKind.Conflict, $"You can follow at most {FollowStore.MaxFollowed} people.");
}
