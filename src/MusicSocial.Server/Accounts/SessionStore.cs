using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Accounts;

/// <summary>A sign-in on one device.</summary>
internal sealed record SessionRow
{
    public string Id { get; init; } = "";
    public string UserId { get; init; } = "";

    /// <summary>Grows with every renewal; a refresh token is good for the generation it was issued in.</summary>
    public long Generation { get; init; }

    /// <summary>What the client called the latest renewal, so that it may ask for the answer again.</summary>
    public string? CommandId { get; init; }

    public string? Device { get; init; }
    public string Network { get; init; } = "";
    public long CreatedAtMs { get; init; }
    public long UsedAtMs { get; init; }
    public long? EndedAtMs { get; init; }
}

/// <summary>What became of a session that was to begin.</summary>
internal enum SessionBegin
{
    Refused,
    Begun,

    /// <summary>It began, and the account is not deleted any more.</summary>
    KeptAccount,
}

internal sealed class SessionStore(Database database)
{
    private const string Columns = "id, user_id, generation, command_id, device, network, created_at_ms, used_at_ms, ended_at_ms";

    /// <summary>
    /// Adds a session, unless the account was suspended or got another stamp since it was read. It writes to the account's row, and so takes turns with a
    /// suspension or a new password: either this session is refused, or it is there to be ended. An account that was to be deleted stays.
    /// </summary>
    public Task<SessionBegin> TryAddAsync(SessionRow session, string securityStamp, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                var isOpen = await connection.ExecuteAsync(
                    """
                    UPDATE users
                    SET seen_at_ms = @CreatedAtMs
                    WHERE id = @UserId AND security_stamp = @securityStamp AND (suspended_until_ms IS NULL OR suspended_until_ms <= @CreatedAtMs)
                    """,
                    new { session.UserId, securityStamp, session.CreatedAtMs }) == 1;
                if (!isOpen)
                    return SessionBegin.Refused;
                await connection.ExecuteAsync(
                    """
                    INSERT INTO sessions (id, user_id, generation, command_id, device, network, created_at_ms, used_at_ms)
                    VALUES (@Id, @UserId, @Generation, @CommandId, @Device, @Network, @CreatedAtMs, @UsedAtMs)
                    """,
                    session);
                return await connection.ExecuteAsync(
                    "UPDATE users SET delete_after_ms = NULL WHERE id = @UserId AND delete_after_ms IS NOT NULL", session) == 1
                        ? SessionBegin.KeptAccount
                        : SessionBegin.Begun;
            },
            cancellationToken);

    public Task<SessionRow?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<SessionRow>($"SELECT {Columns} FROM sessions WHERE id = @id", new { id }), cancellationToken);

    /// <summary>Begins the next generation; false when this one is over or the session ended.</summary>
    public Task<bool> RotateAsync(string id, long generation, string? commandId, string network, long nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection => await connection.ExecuteAsync(
                """
                UPDATE sessions
                SET generation = generation + 1, command_id = @commandId, network = @network, used_at_ms = @nowMs
                WHERE id = @id AND generation = @generation AND ended_at_ms IS NULL
                """,
                new { id, generation, commandId, network, nowMs }) == 1,
            cancellationToken);

    /// <summary>A user's sessions that were used after this time and did not end, the latest sign-in first.</summary>
    public Task<IReadOnlyList<SessionRow>> OpenAsync(string userId, long sinceMs, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<SessionRow>>(
            async connection =>
            [
                .. await connection.QueryAsync<SessionRow>(
                    $"""
                    SELECT {Columns}
                    FROM sessions
                    WHERE user_id = @userId AND ended_at_ms IS NULL AND used_at_ms > @sinceMs
                    ORDER BY id DESC
                    """,
                    new { userId, sinceMs }),
            ],
            cancellationToken);

    /// <summary>Whether the user has a session that was last renewed from this network.</summary>
    public Task<bool> IsKnownNetworkAsync(string userId, string network, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.ExecuteScalarAsync<bool>(
                "SELECT EXISTS (SELECT 1 FROM sessions WHERE user_id = @userId AND network = @network AND ended_at_ms IS NULL)", new { userId, network }),
            cancellationToken);

    /// <summary>Ends these sessions of a user, those that have not ended; returns their ids.</summary>
    public Task<IReadOnlyList<string>> EndAsync(string userId, IReadOnlyCollection<string> ids, long nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<string>>(
            async connection =>
            {
                var ended = new List<string>();
                foreach (var id in ids)
                {
                    if (await connection.ExecuteAsync(
                        "UPDATE sessions SET ended_at_ms = @nowMs WHERE id = @id AND user_id = @userId AND ended_at_ms IS NULL", new { id, userId, nowMs }) == 1)
                        ended.Add(id);
                }

                return ended;
            },
            cancellationToken);

    /// <summary>Ids of all sessions that ended after this time.</summary>
    public Task<IReadOnlyList<string>> EndedAsync(long sinceMs, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async connection => [.. await connection.QueryAsync<string>("SELECT id FROM sessions WHERE ended_at_ms > @sinceMs", new { sinceMs })],
            cancellationToken);

    /// <summary>Removes what ended before one time, or was last used before another.</summary>
    public Task RemoveAsync(long endedBeforeMs, long usedBeforeMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                "DELETE FROM sessions WHERE ended_at_ms < @endedBeforeMs OR used_at_ms < @usedBeforeMs", new { endedBeforeMs, usedBeforeMs }),
            cancellationToken);
}
