using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Lyrics.Revisions;

internal sealed class LyricRevisionStore(Database database)
{
    /// <summary>Revisions kept of one track, the newest; older ones make room.</summary>
    private const int MaxRevisions = 50;

    private sealed record Row
    {
        public long Revision { get; init; }
        public byte[] Source { get; init; } = [];
        public string? Format { get; init; }
        public string? Encoding { get; init; }
        public long OffsetMs { get; init; }
        public string UserId { get; init; } = "";
    }

    /// <summary>The newest revision, without its bytes; null when nobody gave lyrics.</summary>
    public Task<NewestRevision?> NewestAsync(string trackId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<NewestRevision>(
                """
                SELECT revision, user_id
                FROM lyric_revisions
                WHERE track_id = @trackId
                ORDER BY revision DESC
                LIMIT 1
                """,
                new { trackId }),
            cancellationToken);

    /// <summary>What a revision says and who made it; null when there is none (any more).</summary>
    public Task<(LyricRevision Content, string UserId)?> FindAsync(string trackId, long revision, CancellationToken cancellationToken) =>
        database.ReadAsync<(LyricRevision, string)?>(
            async connection => await connection.QuerySingleOrDefaultAsync<Row>(
                """
                SELECT revision, source, format, encoding, offset_ms, user_id
                FROM lyric_revisions
                WHERE track_id = @trackId AND revision = @revision
                """,
                new { trackId, revision }) is { } row
                ? (new LyricRevision(row.Source, row.Format, row.Encoding) { OffsetMs = (int)row.OffsetMs }, row.UserId)
                : null,
            cancellationToken);

    /// <summary>All revisions, the newest first, without their bytes.</summary>
    public Task<IReadOnlyList<RevisionRow>> ListAsync(string trackId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RevisionRow>>(
            async connection =>
            [
                .. await connection.QueryAsync<RevisionRow>(
                    """
                    SELECT revision, user_id, created_at_ms, kind, from_revision, timing, line_count, offset_ms,
                           (SELECT COUNT(*) FROM lyric_reports
                            WHERE lyric_reports.track_id = lyric_revisions.track_id
                              AND lyric_reports.revision = lyric_revisions.revision) AS reports
                    FROM lyric_revisions
                    WHERE track_id = @trackId
                    ORDER BY revision DESC
                    """,
                    new { trackId }),
            ],
            cancellationToken);

    /// <summary>Adds a revision that is newer than all others and returns its number; refuses <c>lyrics.stale</c>.</summary>
    public Task<long> AddAsync(string trackId, RevisionDraft draft, string userId, double nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                await database.Dialect.AloneAsync(connection, $"lyrics:{trackId}");
                var newest = await connection.ExecuteScalarAsync<long>(
                    "SELECT COALESCE(MAX(revision), 0) FROM lyric_revisions WHERE track_id = @trackId", new { trackId });
                if (draft.BasedOn is { } basedOn && basedOn != newest)
                    throw new RefusedException(LyricsRefusals.Stale);
                var number = newest + 1;
                await connection.ExecuteAsync(Insert, ToColumns(trackId, number, draft, userId, nowMs));
                await connection.ExecuteAsync(
                    "DELETE FROM lyric_reports WHERE track_id = @trackId AND revision <= @outdated",
                    new { trackId, outdated = number - MaxRevisions });
                await connection.ExecuteAsync(
                    "DELETE FROM lyric_revisions WHERE track_id = @trackId AND revision <= @outdated",
                    new { trackId, outdated = number - MaxRevisions });
                return number;
            },
            cancellationToken);

    private const string Insert =
        """
        INSERT INTO lyric_revisions (
            track_id, revision, source, format, encoding, user_id, created_at_ms, kind, from_revision, timing, line_count, offset_ms)
        VALUES (
            @trackId, @number, @Source, @Format, @Encoding, @userId, @createdAtMs, @kind, @From, @timing, @lineCount, @OffsetMs)
        """;

    private static object ToColumns(string trackId, long number, RevisionDraft draft, string userId, double nowMs) => new
    {
        trackId,
        number,
        draft.Content.Source,
        draft.Content.Format,
        draft.Content.Encoding,
        userId,
        createdAtMs = (long)nowMs,
        kind = (long)draft.Kind,
        draft.From,
        timing = (long)LyricTimings.Of(draft.Sheet),
        lineCount = (long)draft.Sheet.Lines.Length,
        OffsetMs = (long)draft.Content.OffsetMs,
    };
}
