using MusicSocial.Server.Rooms;
using MusicSocial.Sync;

namespace MusicSocial.Server.Comments;

/// <summary>What is known of the room a comment was written in, read once for all that is done with the comment.</summary>
/// <param name="Name">The room's id as everyone may see it; null outside any room and in one that is not open to all.</param>
/// <param name="ByHost">Whether the author is the room's host.</param>
/// <param name="SlowMode">The pause between two comments of this author in this room; zero when there is none.</param>
internal sealed record CommentRoom(string? Name, bool ByHost, TimeSpan SlowMode)
{
    public static CommentRoom None { get; } = new(null, ByHost: false, TimeSpan.Zero);
}

/// <summary>The rules of rooms for comments written inside them: members only, at the room's pace, moderated by its host and DJs.</summary>
internal sealed class CommentRooms(RoomRepository rooms, RoomMembership membership)
{
    /// <summary>The room a new comment is written in; refuses an author who is not in it.</summary>
    public async Task<CommentRoom> AdmitAsync(CommentRow comment, CancellationToken cancellationToken)
    {
        if (comment.RoomId is null)
            return CommentRoom.None;
        var room = (await rooms.GetAsync(comment.RoomId, cancellationToken)).Room;
        return await membership.IsPresentAsync(room, comment.AuthorId, cancellationToken)
            ? Describe(room, comment)
            : throw new RefusedException(RoomRefusals.NotMember);
    }

    /// <summary>The room of a stored comment, which may have been closed since.</summary>
    public async Task<CommentRoom> FindAsync(CommentRow comment, CancellationToken cancellationToken) =>
        comment.RoomId is not null && await rooms.FindAsync(comment.RoomId, cancellationToken) is { } live ? Describe(live.Room, comment) : CommentRoom.None;

    /// <summary>Whether a user moderates the room a comment was written in.</summary>
    public async Task<bool> IsModeratorAsync(CommentRow comment, string userId, CancellationToken cancellationToken) =>
        comment.RoomId is not null
        && await rooms.FindAsync(comment.RoomId, cancellationToken) is { } live
        && live.Room.RoleOf(userId) > RoomRole.Listener;

    /// <summary>The comments without the ids of rooms that are not open to all: the id of a closed room is not to be learned from its comments.</summary>
    public async Task<IReadOnlyList<CommentRow>> WithoutClosedAsync(IReadOnlyList<CommentRow> comments, CancellationToken cancellationToken)
    {
        var closed = new HashSet<string>();
        await Task.WhenAll(comments.Select(comment => comment.RoomId).OfType<string>().Distinct().Select(async roomId =>
        {
            if (await rooms.FindAsync(roomId, cancellationToken) is { } live && RoomAccess.IsOpen(live.Room))
                return;
            lock (closed)
                closed.Add(roomId);
        }));
        return closed.Count == 0
            ? comments
            : [.. comments.Select(comment => comment.RoomId is { } id && closed.Contains(id) ? comment with { RoomId = null } : comment)];
    }

    private static CommentRoom Describe(Room room, CommentRow comment) => new(
        RoomAccess.IsOpen(room) ? comment.RoomId : null,
        ByHost: room.RoleOf(comment.AuthorId) == RoomRole.Host,
        room.RoleOf(comment.AuthorId) > RoomRole.Listener ? TimeSpan.Zero : room.Settings.SlowMode);
}
