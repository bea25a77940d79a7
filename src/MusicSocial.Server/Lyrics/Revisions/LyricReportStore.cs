using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Lyrics.Revisions;

/// <summary>A stored report.</summary>
internal sealed record ReportRow
{
    public long Revision { get; init; }
    public string UserId { get; init; } = "";
    public long Reason { get; init; }
    public string? Note { get; init; }
    public long CreatedAtMs { get; init; }
}

internal sealed class LyricReportStore(Database database)
{
    /// <summary>Reports shown of one track, the newest.</summary>
    private const int Limit = 200;

    /// <summary>Keeps a report in place of the same person's earlier one; false when there is no such revision.</summary>
    public Task<bool> PutAsync(string trackId, ReportRow report, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection => await connection.ExecuteAsync(
                """
                INSERT INTO lyric_reports (track_id, revision, user_id, reason, note, created_at_ms)
                SELECT track_id, revision, @UserId, @Reason, @Note, @CreatedAtMs
                FROM lyric_revisions
                WHERE track_id = @trackId AND revision = @Revision
                ON CONFLICT (track_id, revision, user_id) DO UPDATE SET
                    reason = excluded.reason, note = excluded.note, created_at_ms = excluded.created_at_ms
                """,
                new { trackId, report.Revision, report.UserId, report.Reason, report.Note, report.CreatedAtMs }) == 1,
            cancellationToken);

    public Task<IReadOnlyList<ReportRow>> ListAsync(string trackId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ReportRow>>(
            async connection =>
            [
                .. await connection.QueryAsync<ReportRow>(
                    """
                    SELECT revision, user_id, reason, note, created_at_ms
                    FROM lyric_reports
                    WHERE track_id = @trackId
                    ORDER BY created_at_ms DESC, user_id
                    LIMIT @Limit
                    """,
                    new { trackId, Limit }),
            ],
            cancellationToken);
}
