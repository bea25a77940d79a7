namespace MusicSocial.Client.Wire;

/// <summary>Something a person wrote under a song.</summary>
/// <param name="Id">Opaque; sorts by time of creation.</param>
/// <param name="TrackId">The song it stands under.</param>
/// <param name="RoomId">The room it was written in, when it was.</param>
/// <param name="ParentId">The comment it answers, when it does.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Text">At most 500 code points; empty once deleted.</param>
/// <param name="PositionMs">The moment of the song it is pinned to, in milliseconds.</param>
/// <param name="CreatedAtMs">Hub time of posting.</param>
/// <param name="EditedAtMs">Hub time of the last edit.</param>
/// <param name="Deleted">True for the empty place a deleted comment leaves.</param>
/// <param name="Likes">How many people like it.</param>
/// <param name="LikedByMe">Whether the asker does; always false in live events, which everybody shares.</param>
public sealed record Comment(
    string Id, string TrackId, string? RoomId, string? ParentId, User Author, string Text, long? PositionMs, double CreatedAtMs,
    double? EditedAtMs, bool Deleted, long Likes, bool LikedByMe);

/// <summary>A comment to be posted.</summary>
/// <param name="TrackId">The song to write under.</param>
/// <param name="Text">1 to 500 code points.</param>
public sealed record PostComment(string TrackId, string Text)
{
    /// <summary>The author's own name for this comment, 1 to 64 characters: sent twice, it is one comment. Unique from the start.</summary>
    public string ClientKey { get; init; } = Guid.CreateVersion7().ToString("N");

    /// <summary>The moment of the song to pin it to, in milliseconds.</summary>
    public double? PositionMs { get; init; }

    /// <summary>The comment to answer.</summary>
    public string? ParentId { get; init; }

    /// <summary>The room one writes from; one has to be in it.</summary>
    public string? RoomId { get; init; }
}

/// <summary>A page of comments.</summary>
/// <param name="Items">The comments of this page.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
/// <param name="Total">All comments under the song.</param>
public sealed record CommentPage(IReadOnlyList<Comment> Items, string? Next, long Total) : Page<Comment>(Items, Next);

/// <summary>Snapshot of a <c>track:</c> topic.</summary>
/// <param name="Comments">The newest 50, newest first.</param>
/// <param name="Total">All comments under the song.</param>
public sealed record TrackSnapshot(IReadOnlyList<Comment> Comments, long Total);

/// <summary>Data of event <c>comment.deleted</c>.</summary>
/// <param name="Id">Which comment.</param>
public sealed record CommentDeleted(string Id);

/// <summary>Data of event <c>comment.likes</c>.</summary>
/// <param name="Id">Which comment.</param>
/// <param name="Likes">The new total.</param>
public sealed record CommentLikes(string Id, long Likes);

/// <summary>How many comments are pinned to one second of a song.</summary>
/// <param name="Second">Seconds from the start of the song.</param>
/// <param name="Total">Comments pinned inside it.</param>
public sealed record CommentMoment(long Second, long Total);

/// <summary>The seconds of a song that have comments, in order.</summary>
/// <param name="Items">Only seconds with comments.</param>
public sealed record CommentMoments(IReadOnlyList<CommentMoment> Items);

internal sealed record EditComment(string Text);
