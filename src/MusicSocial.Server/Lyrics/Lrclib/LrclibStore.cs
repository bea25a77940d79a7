using Dapper;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Lyrics.Lrclib;

/// <summary>What a lyrics server said about a track; without texts it had none.</summary>
internal sealed record LrclibAnswer
{
    public string? PlainLyrics { get; init; }
    public string? SyncedLyrics { get; init; }
    public long FetchedAtMs { get; init; }

    /// <summary>The better of the two; null when the server had none.</summary>
    public string? Text => string.IsNullOrWhiteSpace(SyncedLyrics) ? (string.IsNullOrWhiteSpace(PlainLyrics) ? null : PlainLyrics) : SyncedLyrics;
}

internal sealed class LrclibAnswerStore(Database database)
{
    public Task<LrclibAnswer?> FindAsync(string trackId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<LrclibAnswer>(
                """
                SELECT plain_lyrics, synced_lyrics, fetched_at_ms
                FROM lrclib_answers
                WHERE track_id = @trackId
                """,
                new { trackId }),
            cancellationToken);

    /// <summary>Keeps an answer; one with lyrics marks the track as having some in the same transaction.</summary>
    public Task PutAsync(string trackId, LrclibAnswer answer, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync(
                    """
                    INSERT INTO lrclib_answers (track_id, plain_lyrics, synced_lyrics, fetched_at_ms)
                    VALUES (@trackId, @PlainLyrics, @SyncedLyrics, @FetchedAtMs)
                    ON CONFLICT (track_id) DO UPDATE SET
                        plain_lyrics = excluded.plain_lyrics, synced_lyrics = excluded.synced_lyrics, fetched_at_ms = excluded.fetched_at_ms
                    """,
                    new { trackId, answer.PlainLyrics, answer.SyncedLyrics, answer.FetchedAtMs });
                if (answer.Text is not null)
                    await TrackStore.MarkLyricsAddedAsync(connection, trackId);
            },
            cancellationToken);
}

/// <summary>The small numbers by which LRCLIB's API names tracks.</summary>
internal sealed class LrclibNumberStore(Database database)
{
    private sealed record Row
    {
        public long Number { get; init; }
        public string TrackId { get; init; } = "";
    }

    /// <summary>The numbers of these tracks by id; those that have none yet get the next.</summary>
    public async Task<IReadOnlyDictionary<string, long>> OfAsync(IReadOnlyCollection<string> trackIds, CancellationToken cancellationToken)
    {
        var known = await FindAsync(trackIds, cancellationToken);
        var missing = trackIds.Where(id => !known.ContainsKey(id)).ToList();
        if (missing.Count == 0)
            return known;
        await database.WriteAsync(
            async connection =>
            {
                await database.Dialect.LockAsync(connection, "lrclib-numbers");
                foreach (var trackId in missing)
                {
                    await connection.ExecuteAsync(
                        """
                        INSERT INTO lrclib_numbers (number, track_id)
                        SELECT COALESCE(MAX(number), 0) + 1, @trackId FROM lrclib_numbers WHERE 1 = 1
                        ON CONFLICT (track_id) DO NOTHING
                        """,
                        new { trackId });
                }
            },
            cancellationToken);
        return await FindAsync(trackIds, cancellationToken);
    }

    /// <summary>The track of a number; null when none has it.</summary>
    public Task<string?> TrackOfAsync(long number, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.ExecuteScalarAsync<string?>(
                "SELECT track_id FROM lrclib_numbers WHERE number = @number", new { number }),
            cancellationToken);

    private Task<Dictionary<string, long>> FindAsync(IReadOnlyCollection<string> trackIds, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection => (await connection.QueryAsync<Row>(
                $"""
                SELECT number, track_id
                FROM lrclib_numbers
                WHERE track_id {database.Dialect.In("@ids")}
                """,
                new { ids = trackIds.ToArray() })).ToDictionary(row => row.TrackId, row => row.Number),
            cancellationToken);
}
