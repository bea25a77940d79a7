using MusicSocial.Server.Hosting;

namespace MusicSocial.Server.Comments;

/// <summary>Hub <c>PostComment</c> and POST /api/tracks/{id}/comments (there the path names the track).</summary>
public sealed record PostComment(string? TrackId, string? Text, string? ClientKey, double? PositionMs, string? ParentId, string? RoomId);

/// <summary>PATCH /api/comments/{id}.</summary>
public sealed record EditComment(string? Text);

/// <summary>A page of comments with the number of comments under the song.</summary>
public sealed record CommentPage(IReadOnlyList<Comment> Items, string? Next, long Total) : Page<Comment>(Items, Next);

/// <summary>Snapshot of a <c>track:</c> topic.</summary>
public sealed record TrackSnapshot(IReadOnlyList<Comment> Comments, long Total);

/// <summary>Data of <c>comment.deleted</c>.</summary>
public sealed record CommentDeleted(string Id);

/// <summary>Data of <c>comment.likes</c>: the new total.</summary>
public sealed record CommentLikes(string Id, long Likes);

/// <summary>How many comments are pinned to one second of a song.</summary>
public sealed record CommentMoment(long Second, long Total);

/// <summary>GET /api/tracks/{id}/moments: the seconds that have comments, in order.</summary>
public sealed record CommentMoments(IReadOnlyList<CommentMoment> Items);
