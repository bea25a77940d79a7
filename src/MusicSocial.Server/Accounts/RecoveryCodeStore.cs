using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Accounts;

/// <summary>Hashes of the codes by which accounts are recovered.</summary>
internal sealed class RecoveryCodeStore(Database database)
{
    private sealed record Kept
    {
        public int Count { get; init; }
        public long? MadeAtMs { get; init; }
    }

    /// <summary>Keeps these codes in place of the ones the owner had; a code of an operator stays.</summary>
    public Task ReplaceAsync(string userId, IReadOnlyCollection<string> hashes, long nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync("DELETE FROM recovery_codes WHERE user_id = @userId AND by_operator = 0", new { userId });
                await connection.ExecuteAsync(
                    "INSERT INTO recovery_codes (user_id, code_hash, by_operator, created_at_ms) VALUES (@userId, @hash, 0, @nowMs)",
                    hashes.Select(hash => new { userId, hash, nowMs }));
            },
            cancellationToken);

    /// <summary>Keeps a code an operator gives out, in place of the one before.</summary>
    public Task SetResetAsync(string userId, string hash, long nowMs, long expiresAtMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync("DELETE FROM recovery_codes WHERE user_id = @userId AND by_operator = 1", new { userId });
                await connection.ExecuteAsync(
                    """
                    INSERT INTO recovery_codes (user_id, code_hash, by_operator, created_at_ms, expires_at_ms)
                    VALUES (@userId, @hash, 1, @nowMs, @expiresAtMs)
                    """,
                    new { userId, hash, nowMs, expiresAtMs });
            },
            cancellationToken);

    /// <summary>How many codes the owner has left, and when they were made.</summary>
    public Task<(int Count, long? MadeAtMs)> CountAsync(string userId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var kept = await connection.QuerySingleAsync<Kept>(
                    "SELECT COUNT(*) AS count, MAX(created_at_ms) AS made_at_ms FROM recovery_codes WHERE user_id = @userId AND by_operator = 0", new { userId });
                return (kept.Count, kept.MadeAtMs);
            },
            cancellationToken);

    /// <summary>Whether a code is good now.</summary>
    public Task<bool> IsGoodAsync(string userId, string hash, long nowMs, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.ExecuteScalarAsync<bool>(
                """
                SELECT EXISTS (
                    SELECT 1
                    FROM recovery_codes
                    WHERE user_id = @userId AND code_hash = @hash AND (expires_at_ms IS NULL OR expires_at_ms > @nowMs))
                """,
                new { userId, hash, nowMs }),
            cancellationToken);

    /// <summary>Uses a code up and keeps the account's new password, both or neither; false when the code was used meanwhile.</summary>
    public Task<bool> TryRecoverAsync(Account changed, string hash, long nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                var used = await connection.ExecuteAsync(
                    "DELETE FROM recovery_codes WHERE user_id = @Id AND code_hash = @hash AND (expires_at_ms IS NULL OR expires_at_ms > @nowMs)",
                    new { changed.User.Id, hash, nowMs });
                if (used == 0)
                    return false;
                await connection.ExecuteAsync("DELETE FROM recovery_codes WHERE user_id = @Id AND by_operator = 1", new { changed.User.Id });
                await connection.ExecuteAsync(
                    "UPDATE users SET password_hash = @PasswordHash, security_stamp = @SecurityStamp WHERE id = @Id",
                    new { changed.User.Id, changed.PasswordHash, changed.SecurityStamp });
                return true;
            },
            cancellationToken);
}
