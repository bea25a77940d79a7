namespace MusicSocial.Server.Comments;

internal static class CommentRefusals
{
    public static readonly Refusal NotFound = new("comment.not_found", "There is no such comment here.");
    public static readonly Refusal Empty = new("comment.empty", "A comment needs something to read.");
    public static readonly Refusal TooLong = new("comment.too_long", "A comment has at most 500 characters.");
    public static readonly Refusal ClientKeyInvalid = new("comment.client_key_invalid", "A client key has 1 to 64 characters.");
    public static readonly Refusal PositionInvalid = new("comment.position_invalid", "The position is not inside the song.");
    public static readonly Refusal BadOrder = new("comment.bad_order", "Orders are newest, oldest, position and hot.");
    public static readonly Refusal Forbidden = new("comment.forbidden", "Only its author or a moderator may do this.");
    public static readonly Refusal Deleted = new("comment.deleted", "This comment was deleted.");
}
