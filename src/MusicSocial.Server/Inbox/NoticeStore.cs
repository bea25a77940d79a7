using System.Text.Json;
using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Inbox;

internal sealed class NoticeStore(Database database)
{
    /// <summary>One page; a test asks for its query plan.</summary>
    internal const string Page =
        """
        SELECT id, type, data, at_ms, read_at_ms
        FROM notices
        WHERE user_id = @userId AND id < @beforeId
        ORDER BY id DESC
        LIMIT @limit
        """;

    /// <summary>Notices kept per person; the oldest go first.</summary>
    private const int Retained = 500;

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Type { get; init; } = "";
        public string Data { get; init; } = "";
        public long AtMs { get; init; }
        public long? ReadAtMs { get; init; }

        public Notice ToNotice() => new(Id, Type, JsonSerializer.Deserialize<JsonElement>(Data), AtMs, ReadAtMs is not null);
    }

    /// <summary>False when a notice with this key is already there.</summary>
    public Task<bool> TryAddAsync(string userId, string? fromId, Notice notice, string idempotencyKey, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                var added = await connection.ExecuteAsync(
                    """
                    INSERT INTO notices (id, user_id, from_id, type, data, at_ms, idempotency_key)
                    VALUES (@Id, @userId, @fromId, @Type, @Data, @AtMs, @idempotencyKey)
                    ON CONFLICT (user_id, idempotency_key) DO NOTHING
                    """,
                    new { notice.Id, userId, fromId, notice.Type, Data = notice.Data.GetRawText(), AtMs = (long)notice.AtMs, idempotencyKey });
                if (added == 0)
                    return false;
                await connection.ExecuteAsync(
                    """
                    DELETE FROM notices
                    WHERE user_id = @userId
                      AND id <= (SELECT id FROM notices WHERE user_id = @userId ORDER BY id DESC LIMIT 1 OFFSET @Retained)
                    """,
                    new { userId, Retained });
                return true;
            },
            cancellationToken);

    public Task<IReadOnlyList<Notice>> ReadAsync(string userId, string? beforeId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Notice>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<Row>(Page, new { userId, beforeId = beforeId ?? Ids.AfterAll, limit });
                return [.. rows.Select(row => row.ToNotice())];
            },
            cancellationToken);

    /// <summary>Removes everyone's notices of these occasions.</summary>
    public Task RemoveAsync(IReadOnlyCollection<string> idempotencyKeys, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                $"DELETE FROM notices WHERE idempotency_key {database.Dialect.In("@keys")}", new { keys = idempotencyKeys.ToArray() }),
            cancellationToken);

    /// <summary>Removes a person's inbox, and everyone's notices that this person follows or invites them.</summary>
    public Task RemoveOfAsync(string userId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync("DELETE FROM notices WHERE user_id = @userId", new { userId });
                await connection.ExecuteAsync("DELETE FROM notices WHERE idempotency_key = @key", new { key = $"follower:{userId}" });
                await connection.ExecuteAsync(
                    "DELETE FROM notices WHERE idempotency_key > 'invitation:' AND idempotency_key < 'invitation;' AND idempotency_key LIKE @key",
                    new { key = $"invitation:%:{userId}:%" });
            },
            cancellationToken);

    /// <summary>Removes what one person caused in another's inbox.</summary>
    public Task RemoveFromAsync(string userId, string fromId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync("DELETE FROM notices WHERE user_id = @userId AND from_id = @fromId", new { userId, fromId }),
            cancellationToken);

    public Task<int> CountUnreadAsync(string userId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.ExecuteScalarAsync<int>(
                """
                SELECT COUNT(*)
                FROM notices
                WHERE user_id = @userId AND read_at_ms IS NULL
                """,
                new { userId }),
            cancellationToken);

    /// <summary>How many were unread until now.</summary>
    public Task<int> MarkReadAsync(string userId, double nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                """
                UPDATE notices
                SET read_at_ms = @nowMs
                WHERE user_id = @userId AND read_at_ms IS NULL
                """,
                new { userId, nowMs = (long)nowMs }),
            cancellationToken);
}
