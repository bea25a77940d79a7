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
        public Audience Audience { get; init; }
        public Audience History { get; init; }
        public Audience Connections { get; init; }
        public bool ShowPosition { get; init; }
        public bool ShowRoom { get; init; }
        public long? PrivateUntilMs { get; init; }

        public PrivacySettings ToSettings() => new(PrivateSession, Audience)
        {
            History = History,
            Connections = Connections,
            ShowPosition = ShowPosition,
            ShowRoom = ShowRoom,
            PrivateUntilMs = PrivateUntilMs,
        };
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
            SELECT user_id, private_session, audience, history, connections, show_position, show_room, private_until_ms
            FROM privacy
            WHERE user_id {database.Dialect.In("@userIds")}
            """,
            new { userIds = userIds.ToArray() });
        return rows.ToDictionary(row => row.UserId, row => row.ToSettings());
    }

    private static Task WriteAsync(DbConnection connection, string userId, PrivacySettings settings) =>
        connection.ExecuteAsync(
            """
            INSERT INTO privacy (user_id, private_session, audience, history, connections, show_position, show_room, private_until_ms)
            VALUES (@userId, @PrivateSession, @Audience, @History, @Connections, @ShowPosition, @ShowRoom, @PrivateUntilMs)
            ON CONFLICT (user_id) DO UPDATE
            SET private_session = excluded.private_session, audience = excluded.audience, history = excluded.history,
                connections = excluded.connections, show_position = excluded.show_position, show_room = excluded.show_room,
                private_until_ms = excluded.private_until_ms
            """,
            new
            {
                userId,
                PrivateSession = settings.PrivateSession ? 1 : 0,
                Audience = (int)settings.Audience,
                History = (int)settings.History,
                Connections = (int)settings.Connections,
                ShowPosition = settings.ShowPosition ? 1 : 0,
                ShowRoom = settings.ShowRoom ? 1 : 0,
                PrivateUntilMs = (long?)settings.PrivateUntilMs,
            });
}
