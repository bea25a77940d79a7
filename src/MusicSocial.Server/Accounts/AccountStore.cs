using System.Data.Common;
using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Accounts;

internal sealed class AccountStore(Database database)
{
    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Handle { get; init; } = "";
        public string DisplayName { get; init; } = "";
        public bool Guest { get; init; }
        public string? PasswordHash { get; init; }
        public string SecurityStamp { get; init; } = "";
        public long? SuspendedUntilMs { get; init; }
        public string? SuspendedFor { get; init; }
        public long? DeleteAfterMs { get; init; }

        public User ToUser() => new(Id, Handle, DisplayName, Guest);
    }

    /// <summary>False when the handle is taken. Uses up the invitation with this hash, if one is given; refuses <c>account.invitation_invalid</c> when it is good no more.</summary>
    public Task<bool> TryAddAsync(Account account, double nowMs, string? invitation, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection => await connection.ExecuteAsync(
                """
                INSERT INTO users (id, handle, handle_key, display_name, guest, password_hash, security_stamp, created_at_ms, seen_at_ms)
                VALUES (@Id, @Handle, @HandleKey, @DisplayName, @Guest, @PasswordHash, @SecurityStamp, @CreatedAtMs, @CreatedAtMs)
                ON CONFLICT (handle_key) DO NOTHING
                """,
                new
                {
                    account.User.Id,
                    account.User.Handle,
                    HandleKey = Handles.KeyOf(account.User.Handle),
                    account.User.DisplayName,
                    Guest = account.User.Guest ? 1 : 0,
                    account.PasswordHash,
                    account.SecurityStamp,
                    CreatedAtMs = (long)nowMs,
                }) == 1 && await UseAsync(connection, invitation, nowMs),
            cancellationToken);

    public Task<Account?> FindByHandleAsync(string handle, CancellationToken cancellationToken) =>
        FindAsync(
            """
            SELECT id, handle, display_name, guest, password_hash, security_stamp, suspended_until_ms, suspended_for, delete_after_ms
            FROM users
            WHERE handle_key = @key
            """,
            new { key = Handles.KeyOf(handle) },
            cancellationToken);

    public Task<Account?> FindByIdAsync(string id, CancellationToken cancellationToken) =>
        FindAsync(
            """
            SELECT id, handle, display_name, guest, password_hash, security_stamp, suspended_until_ms, suspended_for, delete_after_ms
            FROM users
            WHERE id = @id
            """,
            new { id },
            cancellationToken);

    public Task<IReadOnlyList<User>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<User>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<Row>(
                    $"""
                    SELECT id, handle, display_name, guest
                    FROM users
                    WHERE id {database.Dialect.In("@ids")}
                    """,
                    new { ids = ids.ToArray() });
                return [.. rows.Select(row => row.ToUser())];
            },
            cancellationToken);

    /// <summary>Keeps another password, and the stamp that ends what was issued under the last one.</summary>
    public Task SetPasswordAsync(Account account, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                "UPDATE users SET password_hash = @PasswordHash, security_stamp = @SecurityStamp WHERE id = @Id",
                new { account.User.Id, account.PasswordHash, account.SecurityStamp }),
            cancellationToken);

    /// <summary>Makes a guest an account; false when the handle is taken. The invitation is used up as in <see cref="TryAddAsync"/>.</summary>
    public Task<bool> TryUpgradeAsync(Account account, double nowMs, string? invitation, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection => await connection.ExecuteAsync(
                """
                UPDATE users
                SET handle = @Handle, handle_key = @HandleKey, guest = 0, password_hash = @PasswordHash, security_stamp = @SecurityStamp
                WHERE id = @Id AND guest = 1 AND NOT EXISTS (SELECT 1 FROM users WHERE handle_key = @HandleKey)
                """,
                new { account.User.Id, account.User.Handle, HandleKey = Handles.KeyOf(account.User.Handle), account.PasswordHash, account.SecurityStamp }) == 1
                && await UseAsync(connection, invitation, nowMs),
            cancellationToken);

    /// <summary>Keeps another hash of the same password, unless the password was changed since the account was read.</summary>
    public Task RehashPasswordAsync(Account account, string rehashed, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                "UPDATE users SET password_hash = @rehashed WHERE id = @Id AND password_hash = @PasswordHash",
                new { account.User.Id, account.PasswordHash, rehashed }),
            cancellationToken);

    /// <summary>Handles of all operators, in order.</summary>
    public Task<IReadOnlyList<string>> OperatorsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async connection => [.. await connection.QueryAsync<string>("SELECT handle FROM users WHERE operator = 1 ORDER BY handle_key")],
            cancellationToken);

    /// <summary>What a user may do for the whole hub.</summary>
    public Task<HubRole> RoleOfAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection => (HubRole)await connection.ExecuteScalarAsync<int>(
                "SELECT CASE WHEN operator = 1 THEN 2 ELSE moderator END FROM users WHERE id = @id", new { id }),
            cancellationToken);

    /// <summary>Makes an account the operator when it is the only one; of two made at the same moment neither is.</summary>
    public Task MakeFirstOperatorAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                "UPDATE users SET operator = 1 WHERE id = @id AND guest = 0 AND NOT EXISTS (SELECT 1 FROM users WHERE guest = 0 AND id <> @id)", new { id }),
            cancellationToken);

    /// <summary>Makes an account a moderator, or takes that away; false when there is no such account (guests are none).</summary>
    public Task<bool> SetModeratorAsync(string id, bool isModerator, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection => await connection.ExecuteAsync(
                "UPDATE users SET moderator = @moderator WHERE id = @id AND guest = 0", new { moderator = isModerator ? 1 : 0, id }) == 1,
            cancellationToken);

    /// <summary>Keeps a person from signing in until then.</summary>
    public Task SuspendAsync(string id, long untilMs, string reason, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                "UPDATE users SET suspended_until_ms = @untilMs, suspended_for = @reason WHERE id = @id", new { id, untilMs, reason }),
            cancellationToken);

    /// <summary>Lets a suspended person sign in again; false when they were not suspended.</summary>
    public Task<bool> RestoreAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection => await connection.ExecuteAsync(
                "UPDATE users SET suspended_until_ms = NULL, suspended_for = NULL WHERE id = @id AND suspended_until_ms IS NOT NULL", new { id }) == 1,
            cancellationToken);

    /// <summary>Makes an account an operator, or takes the role away; false when there is no such account (guests are none).</summary>
    public Task<bool> SetOperatorAsync(string handle, bool isOperator, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection => await connection.ExecuteAsync(
                "UPDATE users SET operator = @operator WHERE handle_key = @key AND guest = 0",
                new { @operator = isOperator ? 1 : 0, key = Handles.KeyOf(handle) }) == 1,
            cancellationToken);

    private static async Task<bool> UseAsync(DbConnection connection, string? invitation, double nowMs) =>
        invitation is null || await InvitationStore.UseAsync(connection, invitation, (long)nowMs)
            ? true
            : throw new RefusedException(AccountRefusals.InvitationInvalid);

    private Task<Account?> FindAsync(string sql, object key, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection => await connection.QuerySingleOrDefaultAsync<Row>(sql, key) is { } row
                ? new Account(row.ToUser(), row.PasswordHash, row.SecurityStamp) { SuspendedUntilMs = row.SuspendedUntilMs, SuspendedFor = row.SuspendedFor, DeletesAtMs = row.DeleteAfterMs }
                : null,
            cancellationToken);
}

/// <summary>A user with the secrets of the account.</summary>
/// <param name="User">The public face.</param>
/// <param name="PasswordHash">Null for guests.</param>
/// <param name="SecurityStamp">Refresh tokens carry it; changing it ends them all.</param>
internal sealed record Account(User User, string? PasswordHash, string SecurityStamp)
{
    /// <summary>Until when the person may not sign in, in hub milliseconds; null when they may.</summary>
    public long? SuspendedUntilMs { get; init; }

    /// <summary>Why.</summary>
    public string? SuspendedFor { get; init; }

    /// <summary>When the account is deleted, in hub milliseconds; null when that was not asked for.</summary>
    public long? DeletesAtMs { get; init; }

    /// <summary>Refuses <c>auth.suspended</c> while the account is. Only to be told to who has proven to be its owner.</summary>
    public void RequireNotSuspended(HubTime now)
    {
        if (!(SuspendedUntilMs > now.Ms))
            return;
        var ends = SuspendedUntilMs == long.MaxValue ? default(TimeSpan?) : TimeSpan.FromMilliseconds(SuspendedUntilMs.Value - now.Ms);
        throw new RefusedException(AccountRefusals.Suspended(SuspendedFor ?? "") with { RetryAfter = ends });
    }
}
