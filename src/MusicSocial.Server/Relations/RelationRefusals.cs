namespace MusicSocial.Server.Relations;

internal static class RelationRefusals
{
    public static readonly Refusal Self = new("friends.self", RefusalKind.Invalid, "This is about other people, not about yourself.");
    public static readonly Refusal Full = new("friends.full", RefusalKind.Conflict, $"You can follow at most {FollowStore.MaxFollowed} people.");
    public static readonly Refusal Blocked = new("friends.blocked", RefusalKind.Conflict, "You have blocked this person; unblock them first.");
    public static readonly Refusal ListFull = new("list.full", RefusalKind.Conflict, $"This list holds at most {PersonalListStore.MaxListed} people.");
}
