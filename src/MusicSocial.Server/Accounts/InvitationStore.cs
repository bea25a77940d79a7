using System.Data.Common;
using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Accounts;

/// <summary>An invitation to sign up.</summary>
internal sealed record InvitationRow
{
    public string Id { get; init; } = "";

    /// <summary>Its code is shown once and kept as a hash.</summary>
    public string CodeHash { get; init; } = "";

    /// <summary>The operator who made it; null when it was made on the command line, or its maker's account was deleted.</summary>
    public string? ById { get; init; }

    public string? Note { get; init; }
    public long Uses { get; init; }
    public long Used { get; init; }
    public long CreatedAtMs { get; init; }
    public long? ExpiresAtMs { get; init; }
    public long? RevokedAtMs { get; init; }
}

internal sealed class InvitationStore(Database database)
{
    private const string Good = "code_hash = @hash AND used < uses AND revoked_at_ms IS NULL AND (expires_at_ms IS NULL OR expires_at_ms > @nowMs)";

    public Task AddAsync(InvitationRow invitation, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                """
                INSERT INTO invitations (id, code_hash, by_id, note, uses, created_at_ms, expires_at_ms)
                VALUES (@Id, @CodeHash, @ById, @Note, @Uses, @CreatedAtMs, @ExpiresAtMs)
                """,
                invitation),
            cancellationToken);

    /// <summary>The newest first, from before an id.</summary>
    public Task<IReadOnlyList<InvitationRow>> ListAsync(string beforeId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<InvitationRow>>(
            async connection =>
            [
                .. await connection.QueryAsync<InvitationRow>(
                    """
                    SELECT id, by_id, note, uses, used, created_at_ms, expires_at_ms, revoked_at_ms
                    FROM invitations
                    WHERE id < @beforeId
                    ORDER BY id DESC
                    LIMIT @limit
                    """,
                    new { beforeId, limit }),
            ],
            cancellationToken);

    /// <summary>It is good no more; false when there is none, or it was revoked before.</summary>
    public Task<bool> RevokeAsync(string id, long nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection => await connection.ExecuteAsync(
                "UPDATE invitations SET revoked_at_ms = @nowMs WHERE id = @id AND revoked_at_ms IS NULL", new { id, nowMs }) == 1,
            cancellationToken);

    /// <summary>Whether one more account may be made with this code.</summary>
    public Task<bool> IsGoodAsync(string hash, long nowMs, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.ExecuteScalarAsync<bool>($"SELECT EXISTS (SELECT 1 FROM invitations WHERE {Good})", new { hash, nowMs }), cancellationToken);

    /// <summary>Counts an account that is made in the same transaction; false when the code is good no more.</summary>
    public static async Task<bool> UseAsync(DbConnection connection, string hash, long nowMs) =>
        await connection.ExecuteAsync($"UPDATE invitations SET used = used + 1 WHERE {Good}", new { hash, nowMs }) == 1;
}
