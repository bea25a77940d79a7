using System.Data.Common;
using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Playback;

internal sealed class PrivacyStore(Database database)
{
    private sealed record Row
    {
        public string UserId { get; init; } = "";
        public bool PrivateSession { get; init; }
        public int Audience { get; init; }
    }

    /// <summary>The settings of those among the people who ever changed them.</summary>
    public Task<IReadOnlyDictionary<string, PrivacySettings>> ReadAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => ReadAsync(connection, userIds), cancellationToken);

    /// <summary>Changes a person's settings; returns what they were and what they are.</summary>
    public Task<(PrivacySettings Before, PrivacySettings After)> ChangeAsync(
        string userId, Func<PrivacySettings, PrivacySettings> change, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                await database.Dialect.LockAsync(connection, $"privacy:{userId}");
                var before = (await ReadAsync(connection, [userId])).GetValueOrDefault(userId, PrivacySettings.Default);
                var after = change(before);
                await WriteAsync(connection, userId, after);
                return (before, after);
            },
            cancellationToken);

    /// <summary>Forgets a person's settings.</summary>
    public Task RemoveAsync(string userId, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.ExecuteAsync("DELETE FROM privacy WHERE user_id = @userId", new { userId }), cancellationToken);

    private async Task<IReadOnlyDictionary<string, PrivacySettings>> ReadAsync(DbConnection connection, IReadOnlyCollection<string> userIds)
    {
        var rows = await connection.QueryAsync<Row>(
            $"""
            SELECT user_id, private_session, audience
            FROM privacy
            WHERE user_id {database.Dialect.In("@userIds")}
            """,
            new { userIds = userIds.ToArray() });
        return rows.ToDictionary(row => row.UserId, row => new PrivacySettings(row.PrivateSession, (Audience)row.Audience));
    }

    private static Task WriteAsync(DbConnection connection, string userId, PrivacySettings settings) =>
        connection.ExecuteAsync(
            """
            INSERT INTO privacy (user_id, private_session, audience)
            VALUES (@userId, @PrivateSession, @Audience)
            ON CONFLICT (user_id) DO UPDATE
            SET private_session = excluded.private_session, audience = excluded.audience
            """,
            new { userId, PrivateSession = settings.PrivateSession ? 1 : 0, Audience = (int)settings.Audience });
}
