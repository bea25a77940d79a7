namespace MusicSocial.Server.Comments;

internal static class CommentRefusals
{
    public static readonly Refusal NotFound = new("comment.not_found", RefusalKind.NotFound, "There is no such comment here.");
    public static readonly Refusal Empty = new("comment.empty", RefusalKind.Invalid, "A comment needs something to read.");
    public static readonly Refusal TooLong = new("comment.too_long", RefusalKind.Invalid, "A comment has at most 500 characters.");
    public static readonly Refusal ClientKeyInvalid = new("comment.client_key_invalid", RefusalKind.Invalid, "A client key has 1 to 64 characters.");
    public static readonly Refusal PositionInvalid = new("comment.position_invalid", RefusalKind.Invalid, "The position is not inside the song.");
    public static readonly Refusal BadOrder = new("comment.bad_order", RefusalKind.Invalid, "Orders are newest, oldest, position and hot.");
    public static readonly Refusal Forbidden = new("comment.forbidden", RefusalKind.Forbidden, "Only its author or a moderator may do this.");
    public static readonly Refusal Deleted = new("comment.deleted", RefusalKind.Invalid, "This comment was deleted.");
}
