using Dapper;
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

    public Task PutAsync(string trackId, LrclibAnswer answer, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                """
                INSERT INTO lrclib_answers (track_id, plain_lyrics, synced_lyrics, fetched_at_ms)
                VALUES (@trackId, @PlainLyrics, @SyncedLyrics, @FetchedAtMs)
                ON CONFLICT (track_id) DO UPDATE SET
                    plain_lyrics = excluded.plain_lyrics, synced_lyrics = excluded.synced_lyrics, fetched_at_ms = excluded.fetched_at_ms
                """,
                new { trackId, answer.PlainLyrics, answer.SyncedLyrics, answer.FetchedAtMs }),
            cancellationToken);
}
