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

    /// <summary>The settings of everybody who ever changed them.</summary>
    public Task<IReadOnlyDictionary<string, PrivacySettings>> ReadAllAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, PrivacySettings>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<Row>(
                    """
                    SELECT user_id, private_session, audience
                    FROM privacy
                    """);
                return rows.ToDictionary(row => row.UserId, row => new PrivacySettings(row.PrivateSession, (Audience)row.Audience));
            },
            cancellationToken);

    public Task WriteAsync(string userId, PrivacySettings settings, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                """
                INSERT INTO privacy (user_id, private_session, audience)
                VALUES (@userId, @PrivateSession, @Audience)
                ON CONFLICT (user_id) DO UPDATE
                SET private_session = excluded.private_session, audience = excluded.audience
                """,
                new { userId, PrivateSession = settings.PrivateSession ? 1 : 0, Audience = (int)settings.Audience }),
            cancellationToken);
}
