using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Accounts;

/// <summary>Accounts on their way out, in the row of the user.</summary>
internal sealed class DeletionStore(Database database)
{
    private sealed record Row
    {
        public string Id { get; init; } = "";
        public bool KeepComments { get; init; }

        public Departure ToDeparture() => new(Id, KeepComments);
    }

    /// <summary>The account goes at this time, unless its owner signs in before.</summary>
    public Task RequestAsync(string id, long atMs, bool keepsComments, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                "UPDATE users SET delete_after_ms = @atMs, keep_comments = @keep WHERE id = @id", new { id, atMs, keep = keepsComments ? 1 : 0 }),
            cancellationToken);

    /// <summary>Accounts whose time has come, also those that are half deleted.</summary>
    public Task<IReadOnlyList<Departure>> DueAsync(long nowMs, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Departure>>(
            async connection =>
            [
                .. (await connection.QueryAsync<Row>(
                    "SELECT id, keep_comments FROM users WHERE delete_after_ms <= @nowMs ORDER BY delete_after_ms, id LIMIT @limit", new { nowMs, limit }))
                    .Select(row => row.ToDeparture()),
            ],
            cancellationToken);

    /// <summary>
    /// From here on the account is nobody's: no sign-in finds it. False when its owner signed in meanwhile, or the handle of the nameless is taken. What remains is
    /// a guest who cannot come back, so that the sweep of guests removes the row once nothing refers to it.
    /// </summary>
    public Task<bool> TryAnonymiseAsync(string id, string handle, string displayName, string stamp, long nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection => await connection.ExecuteAsync(
                """
                UPDATE users
                SET handle = @handle, handle_key = @handle, display_name = @displayName, guest = 1, operator = 0, moderator = 0, password_hash = NULL, security_stamp = @stamp,
                    suspended_until_ms = NULL, suspended_for = NULL, seen_at_ms = @nowMs
                WHERE id = @id AND delete_after_ms <= @nowMs AND NOT EXISTS (SELECT 1 FROM users WHERE handle_key = @handle)
                """,
                new { id, handle, displayName, stamp, nowMs }) == 1,
            cancellationToken);

    /// <summary>Removes the rest of what is the account's own; the sessions keep what their tokens are refused by, for as long as those last.</summary>
    public Task FinishAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync("DELETE FROM recovery_codes WHERE user_id = @id", new { id });
                await connection.ExecuteAsync("UPDATE invitations SET by_id = NULL WHERE by_id = @id", new { id });
                await connection.ExecuteAsync("UPDATE sessions SET device = NULL, network = '' WHERE user_id = @id", new { id });
                await connection.ExecuteAsync("UPDATE users SET delete_after_ms = NULL WHERE id = @id", new { id });
            },
            cancellationToken);
}
