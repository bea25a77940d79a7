using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Rooms;
using MusicSocial.Sync;

namespace MusicSocial.Server.Comments;

/// <summary>What a room says about comments written inside it: members only, at the room's pace, moderated by its host and DJs.</summary>
internal sealed class CommentRooms(RoomRepository rooms, RoomMembership membership, CommentStore store, IHubClock clock)
{
    /// <summary>Refuses a comment its room does not take; one written outside any room passes.</summary>
    public async Task CheckAsync(CommentRow comment, CancellationToken cancellationToken)
    {
        if (comment.RoomId is null)
            return;
        var room = (await rooms.GetAsync(comment.RoomId, cancellationToken)).Room;
        if (!await membership.IsPresentAsync(room, comment.AuthorId, cancellationToken))
            throw new RefusedException(RoomRefusals.NotMember);
        if (room.Settings.SlowMode == TimeSpan.Zero || room.RoleOf(comment.AuthorId) > RoomRole.Listener)
            return;
        if (await store.LastInRoomAsync(comment, cancellationToken) is { } lastMs
            && HubTime.FromMs(lastMs) + room.Settings.SlowMode - clock.Now is var wait && wait > TimeSpan.Zero)
        {
            throw new RefusedException(RoomRefusals.SlowMode(wait));
        }
    }

    /// <summary>Whether a user moderates the room a comment was written in.</summary>
    public async Task<bool> IsModeratorAsync(CommentRow comment, string userId, CancellationToken cancellationToken) =>
        comment.RoomId is not null
        && await rooms.FindAsync(comment.RoomId, cancellationToken) is { } live
        && live.Room.RoleOf(userId) > RoomRole.Listener;

    /// <summary>Whether the author is the host of the room a comment was written in.</summary>
    public async Task<bool> IsHostsAsync(Comment comment, CancellationToken cancellationToken) =>
        comment.RoomId is not null
        && await rooms.FindAsync(comment.RoomId, cancellationToken) is { } live
        && live.Room.RoleOf(comment.Author.Id) == RoomRole.Host;

    /// <summary>The comments as strangers may see them: nobody learns the id of a closed room from what was written in it.</summary>
    public async Task<IReadOnlyList<CommentRow>> ForEverybodyAsync(IReadOnlyList<CommentRow> comments, CancellationToken cancellationToken)
    {
        var closed = new HashSet<string>();
        foreach (var roomId in comments.Select(comment => comment.RoomId).OfType<string>().Distinct())
        {
            if (await rooms.FindAsync(roomId, cancellationToken) is not { } live || !RoomAccess.IsOpen(live.Room))
                closed.Add(roomId);
        }

        return closed.Count == 0
            ? comments
            : [.. comments.Select(comment => comment.RoomId is { } id && closed.Contains(id) ? comment with { RoomId = null } : comment)];
    }
}
