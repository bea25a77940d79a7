using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Accounts;

/// <summary>Guests who are not seen any more. Knows the tables of every slice that refer to a user.</summary>
internal sealed class GuestStore(Database database)
{
    // What other users can see (comments, chat, lyrics and reports of them) keeps its author.
    private const string Unused =
        """
        SELECT id
        FROM users
        WHERE guest = 1 AND seen_at_ms < @beforeMs
          AND NOT EXISTS (SELECT 1 FROM comments WHERE author_id = users.id)
          AND NOT EXISTS (SELECT 1 FROM room_chat WHERE author_id = users.id)
          AND NOT EXISTS (SELECT 1 FROM lyric_revisions WHERE user_id = users.id)
          AND NOT EXISTS (SELECT 1 FROM lyric_reports WHERE user_id = users.id)
          AND NOT EXISTS (SELECT 1 FROM audit WHERE by_id = users.id)
          AND NOT EXISTS (SELECT 1 FROM reports WHERE reporter_id = users.id)
        ORDER BY seen_at_ms
        LIMIT @limit
        """;

    // Private to the guest, or worth nothing without one who can come back.
    private static readonly string[] Removals =
    [
        "DELETE FROM sessions WHERE user_id = @id",
        "DELETE FROM notices WHERE user_id = @id",
        "DELETE FROM privacy WHERE user_id = @id",
        "DELETE FROM listens WHERE user_id = @id",
        "DELETE FROM follows WHERE follower_id = @id",
        "DELETE FROM follows WHERE followed_id = @id",
        "DELETE FROM personal_lists WHERE owner_id = @id",
        "DELETE FROM personal_lists WHERE other_id = @id",
        "DELETE FROM room_guests WHERE user_id = @id",
        "DELETE FROM room_knocks WHERE user_id = @id",
        "DELETE FROM comment_likes WHERE user_id = @id",
        "DELETE FROM users WHERE id = @id AND guest = 1",
    ];

    /// <summary>The guest's session was made or renewed.</summary>
    public Task SeenAsync(string id, long nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync("UPDATE users SET seen_at_ms = @nowMs WHERE id = @id AND guest = 1", new { id, nowMs }), cancellationToken);

    /// <summary>Counts from now on those of whom it is not known when they were last seen.</summary>
    public Task NoteUnknownAsync(long nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync("UPDATE users SET seen_at_ms = @nowMs WHERE guest = 1 AND seen_at_ms IS NULL", new { nowMs }), cancellationToken);

    /// <summary>Removes up to <paramref name="limit"/> guests who were last seen before <paramref name="beforeMs"/> and wrote nothing; returns their ids.</summary>
    public Task<IReadOnlyList<string>> RemoveUnusedAsync(long beforeMs, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<string>>(
            async connection =>
            {
                var ids = (await connection.QueryAsync<string>(Unused, new { beforeMs, limit })).ToList();
                foreach (var removal in Removals)
                    await connection.ExecuteAsync(removal, ids.Select(id => new { id }));
                return ids;
            },
            cancellationToken);
}
