using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Lyrics;

internal sealed class LyricRevisionStore(Database database)
{
    /// <summary>Revisions kept of one track, the newest; older ones make room.</summary>
    private const int MaxRevisions = 20;

    private sealed record Row
    {
        public byte[] Source { get; init; } = [];
        public string? Format { get; init; }
        public string? Encoding { get; init; }
    }

    /// <summary>The number of the newest revision; null when nobody uploaded lyrics.</summary>
    public Task<long?> NewestAsync(string trackId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long?>(
                "SELECT MAX(revision) FROM lyric_revisions WHERE track_id = @trackId", new { trackId }),
            cancellationToken);

    public Task<LyricRevision?> FindAsync(string trackId, long revision, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection => await connection.QuerySingleOrDefaultAsync<Row>(
                """
                SELECT source, format, encoding
                FROM lyric_revisions
                WHERE track_id = @trackId AND revision = @revision
                """,
                new { trackId, revision }) is { } row
                ? new LyricRevision(row.Source, row.Format, row.Encoding)
                : null,
            cancellationToken);

    /// <summary>Adds a revision that is newer than all others and returns its number.</summary>
    public Task<long> AddAsync(string trackId, LyricRevision revision, string userId, double nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                await database.Dialect.AloneAsync(connection, $"lyrics:{trackId}");
                var number = await connection.ExecuteScalarAsync<long>(
                    "SELECT COALESCE(MAX(revision), 0) + 1 FROM lyric_revisions WHERE track_id = @trackId", new { trackId });
                await connection.ExecuteAsync(
                    """
                    INSERT INTO lyric_revisions (track_id, revision, source, format, encoding, user_id, created_at_ms)
                    VALUES (@trackId, @number, @Source, @Format, @Encoding, @userId, @createdAtMs)
                    """,
                    new { trackId, number, revision.Source, revision.Format, revision.Encoding, userId, createdAtMs = (long)nowMs });
                await connection.ExecuteAsync(
                    "DELETE FROM lyric_revisions WHERE track_id = @trackId AND revision <= @outdated",
                    new { trackId, outdated = number - MaxRevisions });
                return number;
            },
            cancellationToken);
}
