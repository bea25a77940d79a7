using Dapper;
using MusicSocial.Server.Playback;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Listens;

internal sealed class ListenStore(Database database)
{
    /// <summary>One page of a person's listens, newest first. A range of <c>listens_by_user</c>, so that every page costs the same.</summary>
    internal const string PageSql =
        """
        SELECT id, track_id, title, artist, album, duration_ms, started_at_ms
        FROM listens
        WHERE user_id = @userId AND id < @beforeId
        ORDER BY id DESC
        LIMIT @limit
        """;

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string? TrackId { get; init; }
        public string Title { get; init; } = "";
        public string Artist { get; init; } = "";
        public string? Album { get; init; }
        public double? DurationMs { get; init; }
        public long StartedAtMs { get; init; }

        public Listen ToListen() =>
            new(Id, new PlayingTrack(TrackId, Title, Artist, Album, DurationMs, HasLyrics: false, CoverUrl: null, AudioUrl: null), StartedAtMs);
    }

    /// <summary>Writes a listen unless this very play was written before, say by a hub that was restarted meanwhile. False then.</summary>
    public Task<bool> TryAddAsync(string userId, Listen listen, double countedAtMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                await database.Dialect.LockAsync(connection, $"listens:{userId}");
                return await connection.ExecuteAsync(
                    """
                    INSERT INTO listens (id, user_id, track_id, track_key, title, artist, album, duration_ms, started_at_ms, counted_at_ms)
                    SELECT @Id, @userId, @TrackId, @Key, @Title, @Artist, @Album, @DurationMs, @StartedAtMs, @CountedAtMs
                    WHERE NOT EXISTS (
                        SELECT 1
                        FROM listens
                        WHERE user_id = @userId AND track_key = @Key AND counted_at_ms > @StartedAtMs)
                    """,
                    new
                    {
                        listen.Id,
                        userId,
                        TrackId = listen.Track.Id,
                        listen.Track.Key,
                        listen.Track.Title,
                        listen.Track.Artist,
                        listen.Track.Album,
                        DurationMs = (long?)listen.Track.DurationMs,
                        StartedAtMs = (long)listen.StartedAtMs,
                        CountedAtMs = (long)countedAtMs,
                    }) == 1;
            },
            cancellationToken);

    /// <summary>Newest first, from the newest or from before <paramref name="beforeId"/>.</summary>
    public Task<IReadOnlyList<Listen>> ReadAsync(string userId, string? beforeId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Listen>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<Row>(PageSql, new { userId, beforeId = beforeId ?? Ids.AfterAll, limit });
                return [.. rows.Select(row => row.ToListen())];
            },
            cancellationToken);

    /// <summary>Removes all listens of a person.</summary>
    public Task RemoveOfAsync(string userId, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.ExecuteAsync("DELETE FROM listens WHERE user_id = @userId", new { userId }), cancellationToken);

    /// <summary>Removes the oldest listens that were counted before a time, at most <paramref name="limit"/>; how many.</summary>
    public Task<int> RemoveBeforeAsync(double beforeMs, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                "DELETE FROM listens WHERE id IN (SELECT id FROM listens WHERE id < @before ORDER BY id LIMIT @limit)",
                new { before = Ids.FirstAt(beforeMs), limit }),
            cancellationToken);
}
