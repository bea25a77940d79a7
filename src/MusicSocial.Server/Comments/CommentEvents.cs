namespace MusicSocial.Server.Comments;

/// <summary>Event types of a <c>track:</c> topic that tell about comments.</summary>
internal static class CommentEvents
{
    public const string Posted = "comment.posted";
    public const string Edited = "comment.edited";
    public const string Deleted = "comment.deleted";
    public const string Likes = "comment.likes";
}
