using System.Data.Common;
using Dapper;
using MusicSocial.Server.Storage;
using MusicSocial.Sync;

namespace MusicSocial.Server.Comments;

/// <summary>Writes and finds single comments; lists are <see cref="CommentListStore"/>.</summary>
internal sealed class CommentStore(Database database)
{
    /// <summary>
    /// Adds a comment once: the same author's same client key returns the comment of the first time. Refuses <c>room.slow_mode</c> when the author
    /// wrote in the same room less than <paramref name="slowMode"/> before. With <paramref name="hasNotices"/> its notices are due from then on.
    /// </summary>
    public Task<CommentRow> AddAsync(CommentRow comment, TimeSpan slowMode, bool hasNotices, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                if (slowMode > TimeSpan.Zero)
                    await database.Dialect.LockAsync(connection, $"slow:{comment.RoomId}:{comment.AuthorId}");
                var added = await connection.ExecuteAsync(
                    """
                    INSERT INTO comments (id, track_id, room_id, parent_id, author_id, client_key, text, position_ms, position_key, created_at_ms)
                    VALUES (@Id, @TrackId, @RoomId, @ParentId, @AuthorId, @ClientKey, @Text, @PositionMs, @PositionKey, @CreatedAtMs)
                    ON CONFLICT (author_id, client_key) DO NOTHING
                    """,
                    comment);
                if (added == 0)
                    return (await FirstOfKeyAsync(connection, comment))!;
                if (slowMode > TimeSpan.Zero && await RemainingAsync(connection, comment, slowMode) is { } wait)
                    throw new RefusedException(RoomRefusals.SlowMode(wait));
                await CountAsync(connection, comment, +1);
                if (hasNotices)
                    await connection.ExecuteAsync("INSERT INTO comment_notices_due (comment_id, at_ms) VALUES (@Id, @CreatedAtMs)", comment);
                return comment;
            },
            cancellationToken);

    /// <summary>What the same author wrote under the same client key before; null when nothing.</summary>
    public Task<CommentRow?> FindRepeatedAsync(CommentRow comment, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => FirstOfKeyAsync(connection, comment), cancellationToken);

    /// <summary>The oldest comments written before <paramref name="beforeMs"/> whose notices are still due.</summary>
    public Task<IReadOnlyList<string>> NoticesDueAsync(long beforeMs, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async connection =>
            [
                .. await connection.QueryAsync<string>(
                    """
                    SELECT comment_id
                    FROM comment_notices_due
                    WHERE at_ms < @beforeMs
                    ORDER BY at_ms
                    LIMIT @limit
                    """,
                    new { beforeMs, limit }),
            ],
            cancellationToken);

    /// <summary>The notices of a comment are in the inboxes.</summary>
    public Task NoticesSentAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync("DELETE FROM comment_notices_due WHERE comment_id = @id", new { id }), cancellationToken);

    public Task<CommentRow?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<CommentRow>(
                """
                SELECT id, track_id, room_id, parent_id, author_id, client_key, text, position_ms, created_at_ms, edited_at_ms, deleted, likes
                FROM comments
                WHERE id = @id
                """,
                new { id }),
            cancellationToken);

    /// <summary>What a person wrote and did not delete, in order, from after a comment.</summary>
    public Task<IReadOnlyList<CommentRow>> OfAuthorAsync(string authorId, string? afterId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<CommentRow>>(
            async connection =>
            [
                .. await connection.QueryAsync<CommentRow>(
                    """
                    SELECT id, track_id, room_id, parent_id, author_id, client_key, text, position_ms, created_at_ms, edited_at_ms, deleted, likes
                    FROM comments
                    WHERE author_id = @authorId AND id > @afterId AND deleted = 0
                    ORDER BY id
                    LIMIT @limit
                    """,
                    new { authorId, afterId = afterId ?? "", limit }),
            ],
            cancellationToken);

    /// <summary>Ids of the comments a person likes, in order, from after one.</summary>
    public Task<IReadOnlyList<string>> LikedByAsync(string userId, string? afterId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async connection =>
            [
                .. await connection.QueryAsync<string>(
                    "SELECT comment_id FROM comment_likes WHERE user_id = @userId AND comment_id > @afterId ORDER BY comment_id LIMIT @limit",
                    new { userId, afterId = afterId ?? "", limit }),
            ],
            cancellationToken);

    /// <summary>False when the comment was deleted meanwhile.</summary>
    public Task<bool> EditAsync(string id, string text, long nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection => await connection.ExecuteAsync(
                """
                UPDATE comments
                SET text = @text, edited_at_ms = @nowMs
                WHERE id = @id AND deleted = 0
                """,
                new { id, text, nowMs }) == 1,
            cancellationToken);

    /// <summary>Empties a comment and leaves its place; false when it was deleted before.</summary>
    public Task<bool> DeleteAsync(CommentRow comment, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                var deleted = await connection.ExecuteAsync(
                    """
                    UPDATE comments
                    SET deleted = 1, text = ''
                    WHERE id = @Id AND deleted = 0
                    """,
                    new { comment.Id });
                if (deleted == 1)
                    await CountAsync(connection, comment, -1);
                return deleted == 1;
            },
            cancellationToken);

    /// <summary>Likes a comment once; null when this person liked it already, otherwise the new total.</summary>
    public Task<long?> LikeAsync(string id, string userId, CancellationToken cancellationToken) =>
        ChangeLikeAsync(
            """
            INSERT INTO comment_likes (user_id, comment_id)
            VALUES (@userId, @id)
            ON CONFLICT (user_id, comment_id) DO NOTHING
            """,
            id, userId, +1, cancellationToken);

    /// <summary>Takes a like back; null when there was none, otherwise the new total.</summary>
    public Task<long?> UnlikeAsync(string id, string userId, CancellationToken cancellationToken) =>
        ChangeLikeAsync(
            """
            DELETE FROM comment_likes
            WHERE user_id = @userId AND comment_id = @id
            """,
            id, userId, -1, cancellationToken);

    private Task<long?> ChangeLikeAsync(string sql, string id, string userId, int by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection => await connection.ExecuteAsync(sql, new { id, userId }) == 0
                ? null
                : await connection.ExecuteScalarAsync<long?>(
                    """
                    UPDATE comments
                    SET likes = likes + @by
                    WHERE id = @id
                    RETURNING likes
                    """,
                    new { id, by }),
            cancellationToken);

    private static Task<CommentRow?> FirstOfKeyAsync(DbConnection connection, CommentRow comment) =>
        connection.QuerySingleOrDefaultAsync<CommentRow>(
            """
            SELECT id, track_id, room_id, parent_id, author_id, client_key, text, position_ms, created_at_ms, edited_at_ms, deleted, likes
            FROM comments
            WHERE author_id = @AuthorId AND client_key = @ClientKey
            """,
            comment);

    /// <summary>How much of the pause is left since the author's last other comment in the room; null when it is over.</summary>
    private static async Task<TimeSpan?> RemainingAsync(DbConnection connection, CommentRow comment, TimeSpan slowMode)
    {
        var lastMs = await connection.ExecuteScalarAsync<long?>(
            """
            SELECT MAX(created_at_ms)
            FROM comments
            WHERE author_id = @AuthorId AND room_id = @RoomId AND client_key <> @ClientKey
            """,
            comment);
        var wait = slowMode - TimeSpan.FromMilliseconds(comment.CreatedAtMs - (lastMs ?? 0));
        return lastMs is not null && wait > TimeSpan.Zero ? wait : null;
    }

    private static async Task CountAsync(DbConnection connection, CommentRow comment, int by)
    {
        await connection.ExecuteAsync(
            """
            INSERT INTO comment_totals (track_id, total)
            VALUES (@TrackId, @by)
            ON CONFLICT (track_id) DO UPDATE SET total = comment_totals.total + @by
            """,
            new { comment.TrackId, by });
        if (comment.PositionMs is not { } positionMs)
            return;
        await connection.ExecuteAsync(
            """
            INSERT INTO comment_moments (track_id, second, total)
            VALUES (@TrackId, @second, @by)
            ON CONFLICT (track_id, second) DO UPDATE SET total = comment_moments.total + @by
            """,
            new { comment.TrackId, second = positionMs / 1000, by });
    }
}

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
