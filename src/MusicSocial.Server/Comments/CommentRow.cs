namespace MusicSocial.Server.Comments;

/// <summary>A comment as stored: its author by id, its place in every order.</summary>
internal sealed record CommentRow
{
    /// <summary>Sorts after every real position; keeps comments without one at the end of the position order.</summary>
    public const long NoPosition = 1_000_000_000_000;

    public string Id { get; init; } = "";
    public string TrackId { get; init; } = "";
    public string? RoomId { get; init; }
    public string? ParentId { get; init; }
    public string AuthorId { get; init; } = "";
    public string ClientKey { get; init; } = "";
    public string Text { get; init; } = "";
    public long? PositionMs { get; init; }
    public long PositionKey => PositionMs ?? NoPosition;
    public long CreatedAtMs { get; init; }
    public long? EditedAtMs { get; init; }
    public bool Deleted { get; init; }
    public long Likes { get; init; }

    public Comment ToComment(User author, bool likedByMe) =>
        new(Id, TrackId, RoomId, ParentId, author, Text, PositionMs, CreatedAtMs, EditedAtMs, Deleted, Likes, likedByMe);
}
