namespace MusicSocial.Server.Comments;

/// <summary>The orders comments are read in.</summary>
internal enum CommentOrder
{
    Newest,
    Oldest,
    Position,
    Hot,
}

internal static class CommentOrders
{
    public static CommentOrder Parse(string? name) => name switch
    {
        null or "" or "newest" => CommentOrder.Newest,
        "oldest" => CommentOrder.Oldest,
        "position" => CommentOrder.Position,
        "hot" => CommentOrder.Hot,
        _ => throw new RefusedException(CommentRefusals.BadOrder),
    };
}
