using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Rooms;

/// <summary>A chat message at rest.</summary>
internal sealed record ChatRow
{
    public string Id { get; init; } = "";
    public string RoomId { get; init; } = "";
    public string AuthorId { get; init; } = "";
    public string ClientKey { get; init; } = "";
    public string Text { get; init; } = "";
    public double AtMs { get; init; }
}

internal sealed class RoomChatStore(Database database)
{
    /// <summary>Messages kept per room; twice what a newcomer is shown.</summary>
    private const int Kept = 200;

    /// <summary>
    /// Keeps a message, and forgets the room's oldest; the one kept before under the same key, if any. <paramref name="check"/> gets the hub time of
    /// the author's last message in the room (null when there is none) and refuses what comes too soon: in one step with the insertion, so that messages
    /// sent at the same time, to whichever nodes, do not pass together.
    /// </summary>
    public Task<ChatRow> AddAsync(ChatRow message, Action<double?> check, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                await database.Dialect.LockAsync(connection, $"chat {message.RoomId} {message.AuthorId}");
                if (await connection.QuerySingleOrDefaultAsync<ChatRow>(ByKey, message) is { } repeated)
                    return repeated;
                check(await connection.ExecuteScalarAsync<double?>(LastAt, message));
                await connection.ExecuteAsync(
                    """
                    INSERT INTO room_chat (id, room_id, author_id, client_key, text, at_ms)
                    VALUES (@Id, @RoomId, @AuthorId, @ClientKey, @Text, @AtMs)
                    """,
                    message);
                await connection.ExecuteAsync(
                    """
                    DELETE FROM room_chat
                    WHERE room_id = @RoomId AND id < (
                        SELECT id FROM room_chat WHERE room_id = @RoomId ORDER BY id DESC LIMIT 1 OFFSET @last)
                    """,
                    new { message.RoomId, last = Kept - 1 });
                return message;
            },
            cancellationToken);

    /// <summary>The message with this id; null when there is none any more.</summary>
    public Task<ChatRow?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<ChatRow>(
                "SELECT id, room_id, author_id, client_key, text, at_ms FROM room_chat WHERE id = @id", new { id }),
            cancellationToken);

    /// <summary>Removes messages of a room.</summary>
    public Task RemoveAsync(string roomId, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                $"DELETE FROM room_chat WHERE room_id = @roomId AND id {database.Dialect.In("@ids")}", new { roomId, ids = ids.ToArray() }),
            cancellationToken);

    public Task<ChatRow?> FindAsync(string roomId, string authorId, string clientKey, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<ChatRow>(
                ByKey, new { RoomId = roomId, AuthorId = authorId, ClientKey = clientKey }),
            cancellationToken);

    /// <summary>The last messages of a room, oldest first.</summary>
    public Task<IReadOnlyList<ChatRow>> LastAsync(string roomId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ChatRow>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<ChatRow>(
                    """
                    SELECT id, room_id, author_id, client_key, text, at_ms
                    FROM room_chat
                    WHERE room_id = @roomId
                    ORDER BY id DESC
                    LIMIT @limit
                    """,
                    new { roomId, limit });
                return [.. rows.Reverse()];
            },
            cancellationToken);

    /// <summary>Removes what a user said in a room up to a moment.</summary>
    public Task ClearAsync(string roomId, string authorId, double untilMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                "DELETE FROM room_chat WHERE room_id = @roomId AND author_id = @authorId AND at_ms <= @untilMs", new { roomId, authorId, untilMs }),
            cancellationToken);

    /// <summary>What a person said, in order, from after a message.</summary>
    public Task<IReadOnlyList<ChatRow>> OfAuthorAsync(string authorId, string? afterId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ChatRow>>(
            async connection =>
            [
                .. await connection.QueryAsync<ChatRow>(
                    """
                    SELECT id, room_id, author_id, client_key, text, at_ms
                    FROM room_chat
                    WHERE author_id = @authorId AND id > @afterId
                    ORDER BY id
                    LIMIT @limit
                    """,
                    new { authorId, afterId = afterId ?? "", limit }),
            ],
            cancellationToken);

    /// <summary>Removes what a person said in any room.</summary>
    public Task RemoveOfAuthorAsync(string authorId, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.ExecuteAsync("DELETE FROM room_chat WHERE author_id = @authorId", new { authorId }), cancellationToken);

    private const string LastAt =
        """
        SELECT MAX(at_ms)
        FROM room_chat
        WHERE room_id = @RoomId AND author_id = @AuthorId
        """;

    private const string ByKey =
        """
        SELECT id, room_id, author_id, client_key, text, at_ms
        FROM room_chat
        WHERE room_id = @RoomId AND author_id = @AuthorId AND client_key = @ClientKey
        """;
}
