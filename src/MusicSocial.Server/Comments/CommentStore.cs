using System.Data.Common;
using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Comments;

/// <summary>Writes and finds single comments; lists are <see cref="CommentListStore"/>.</summary>
internal sealed class CommentStore(Database database)
{
    /// <summary>Adds a comment once: the same author's same client key returns the comment of the first time.</summary>
    public Task<CommentRow> AddAsync(CommentRow comment, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                var added = await connection.ExecuteAsync(
                    """
                    INSERT INTO comments (id, track_id, room_id, parent_id, author_id, client_key, text, position_ms, position_key, created_at_ms)
                    VALUES (@Id, @TrackId, @RoomId, @ParentId, @AuthorId, @ClientKey, @Text, @PositionMs, @PositionKey, @CreatedAtMs)
                    ON CONFLICT (author_id, client_key) DO NOTHING
                    """,
                    comment);
                if (added == 0)
                    return (await FirstOfKeyAsync(connection, comment))!;
                await CountAsync(connection, comment, +1);
                return comment;
            },
            cancellationToken);

    /// <summary>What the same author wrote under the same client key before; null when nothing.</summary>
    public Task<CommentRow?> FindRepeatedAsync(CommentRow comment, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => FirstOfKeyAsync(connection, comment), cancellationToken);

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

    /// <summary>When the author last wrote in the same room, this very comment (sent again) left aside; null when never.</summary>
    public Task<long?> LastInRoomAsync(CommentRow comment, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long?>(
                """
                SELECT MAX(created_at_ms)
                FROM comments
                WHERE author_id = @AuthorId AND room_id = @RoomId AND client_key <> @ClientKey
                """,
                comment),
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
