using System.Text.Json.Serialization;

namespace MusicSocial.Protocol;

/// <summary>A comment under a track.</summary>
/// <param name="Id">Opaque; sorts by time of creation.</param>
/// <param name="TrackId">The track it stands under.</param>
/// <param name="RoomId">The room it was written in; null when none.</param>
/// <param name="ParentId">The comment it replies to; null when none.</param>
/// <param name="Author">The author.</param>
/// <param name="Text">At most 500 code points; empty once deleted.</param>
/// <param name="PositionMs">The position in the track it is pinned to, in milliseconds; null when none.</param>
/// <param name="CreatedAtMs">Hub time of posting.</param>
/// <param name="EditedAtMs">Hub time of the last edit; null when never edited.</param>
/// <param name="Deleted">True for the empty place a deleted comment leaves, so that its replies stay readable.</param>
/// <param name="Likes">How many people like it.</param>
/// <param name="LikedByMe">Whether the caller does; always false in live events, which every follower shares.</param>
public record Comment(
    string Id, string TrackId, string? RoomId, string? ParentId, User Author, string Text, long? PositionMs, double CreatedAtMs,
    double? EditedAtMs, bool Deleted, long Likes, bool LikedByMe);

/// <summary>Hub <c>PostComment</c> and POST /api/tracks/{id}/comments (where the path names the track).</summary>
/// <param name="TrackId">The track to write under.</param>
/// <param name="Text">1 to 500 code points.</param>
/// <param name="ClientKey">The author's own name for this comment, 1 to 64 characters: sent twice, it is one comment.</param>
/// <param name="PositionMs">The position in the track to pin it to, in milliseconds.</param>
/// <param name="ParentId">The comment to reply to.</param>
/// <param name="RoomId">The room the author writes from, being a member of it.</param>
[method: JsonConstructor]
public sealed record PostComment(string? TrackId, string? Text, string? ClientKey, double? PositionMs, string? ParentId, string? RoomId)
{
    /// <summary>A comment with a client key of its own.</summary>
    public PostComment(string trackId, string text)
        : this(trackId, text, Guid.CreateVersion7().ToString("N"), null, null, null)
    {
    }
}

/// <summary>PATCH /api/comments/{id}.</summary>
/// <param name="Text">1 to 500 code points.</param>
public sealed record EditComment(string? Text);

/// <summary>A page of comments.</summary>
/// <param name="Items">The comments of this page.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
/// <param name="Total">All comments under the track.</param>
public sealed record CommentPage(IReadOnlyList<Comment> Items, string? Next, long Total) : Page<Comment>(Items, Next);

/// <summary>Snapshot of a <c>track:</c> topic.</summary>
/// <param name="Comments">The newest 50, newest first.</param>
/// <param name="Total">All comments under the track.</param>
public sealed record TrackSnapshot(IReadOnlyList<Comment> Comments, long Total);

/// <summary>Data of event <c>comment.deleted</c>.</summary>
/// <param name="Id">The deleted comment.</param>
public sealed record CommentDeleted(string Id);

/// <summary>Data of event <c>comment.likes</c>.</summary>
/// <param name="Id">The comment.</param>
/// <param name="Likes">The new total.</param>
public sealed record CommentLikes(string Id, long Likes);

/// <summary>How many comments are pinned to one second of a track.</summary>
/// <param name="Second">Seconds from the start of the track.</param>
/// <param name="Total">Comments pinned inside it.</param>
public sealed record CommentMoment(long Second, long Total);

/// <summary>GET /api/tracks/{id}/moments: the seconds that have comments, in order.</summary>
/// <param name="Items">Only seconds with comments.</param>
public sealed record CommentMoments(IReadOnlyList<CommentMoment> Items);
