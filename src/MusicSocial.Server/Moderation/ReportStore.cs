using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Moderation;

/// <summary>A case at rest.</summary>
internal sealed record CaseRow
{
    public string Id { get; init; } = "";
    public string Kind { get; init; } = "";
    public string SubjectId { get; init; } = "";
    public string? AuthorId { get; init; }
    public string? Excerpt { get; init; }
    public ReportState State { get; init; }
    public long OpenedAtMs { get; init; }
    public long? DecidedAtMs { get; init; }
    public string? DecidedBy { get; init; }
    public string? Note { get; init; }
}

/// <summary>A report at rest.</summary>
internal sealed record ReportRow
{
    public string CaseId { get; init; } = "";
    public string ReporterId { get; init; } = "";
    public string Reason { get; init; } = "";
    public string? Note { get; init; }
    public long AtMs { get; init; }
}

/// <summary>A report with what became of it.</summary>
internal sealed record OwnReportRow
{
    public string CaseId { get; init; } = "";
    public ReportState State { get; init; }
    public string Kind { get; init; } = "";
    public string SubjectId { get; init; } = "";
    public string Reason { get; init; } = "";
    public long AtMs { get; init; }
}

internal sealed class ReportStore(Database database)
{
    private const string CaseColumns = "id, kind, subject_id, author_id, excerpt, state, opened_at_ms, decided_at_ms, decided_by, note";

    /// <summary>Adds a report to the open case about the thing, or opens one: the id of the case. A person's second report of a case takes the place of the first.</summary>
    public Task<string> AddAsync(CaseRow opened, ReportRow report, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                await database.Dialect.LockAsync(connection, $"report:{opened.Kind}:{opened.SubjectId}");
                var caseId = await connection.QuerySingleOrDefaultAsync<string>(
                    "SELECT id FROM report_cases WHERE kind = @Kind AND subject_id = @SubjectId AND state = 0", opened);
                if (caseId is null)
                {
                    await connection.ExecuteAsync(
                        """
                        INSERT INTO report_cases (id, kind, subject_id, author_id, excerpt, state, opened_at_ms)
                        VALUES (@Id, @Kind, @SubjectId, @AuthorId, @Excerpt, 0, @OpenedAtMs)
                        """,
                        opened);
                    caseId = opened.Id;
                }

                await connection.ExecuteAsync(
                    """
                    INSERT INTO reports (case_id, reporter_id, reason, note, at_ms)
                    VALUES (@caseId, @ReporterId, @Reason, @Note, @AtMs)
                    ON CONFLICT (case_id, reporter_id) DO UPDATE
                    SET reason = excluded.reason, note = excluded.note, at_ms = excluded.at_ms
                    """,
                    new { caseId, report.ReporterId, report.Reason, report.Note, report.AtMs });
                return caseId;
            },
            cancellationToken);

    /// <summary>How many reports of this person were dismissed since then.</summary>
    public Task<int> CountDismissedAsync(string reporterId, long sinceMs, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.ExecuteScalarAsync<int>(
                """
                SELECT COUNT(*)
                FROM reports
                JOIN report_cases ON report_cases.id = reports.case_id
                WHERE reporter_id = @reporterId AND state = 2 AND decided_at_ms >= @sinceMs
                """,
                new { reporterId, sinceMs }),
            cancellationToken);

    /// <summary>The reports of one person, the latest case first.</summary>
    public Task<IReadOnlyList<OwnReportRow>> OfReporterAsync(string reporterId, string beforeId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<OwnReportRow>>(
            async connection =>
            [
                .. await connection.QueryAsync<OwnReportRow>(
                    """
                    SELECT case_id, state, kind, subject_id, reason, at_ms
                    FROM reports
                    JOIN report_cases ON report_cases.id = reports.case_id
                    WHERE reporter_id = @reporterId AND case_id < @beforeId
                    ORDER BY case_id DESC
                    LIMIT @limit
                    """,
                    new { reporterId, beforeId, limit }),
            ],
            cancellationToken);

    /// <summary>Removes what one person reported.</summary>
    public Task RemoveOfReporterAsync(string reporterId, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.ExecuteAsync("DELETE FROM reports WHERE reporter_id = @reporterId", new { reporterId }), cancellationToken);

    /// <summary>Cases in a state: open ones the oldest first, decided ones the latest first.</summary>
    public Task<IReadOnlyList<CaseRow>> ListAsync(ReportState state, string? afterId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<CaseRow>>(
            async connection =>
            {
                var (after, order) = state == ReportState.Open ? ("id > @afterId", "ASC") : ("id < @afterId", "DESC");
                return
                [
                    .. await connection.QueryAsync<CaseRow>(
                        $"SELECT {CaseColumns} FROM report_cases WHERE state = @state AND {after} ORDER BY id {order} LIMIT @limit",
                        new { state, afterId = afterId ?? (state == ReportState.Open ? "" : Ids.AfterAll), limit }),
                ];
            },
            cancellationToken);

    public Task<CaseRow?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<CaseRow>($"SELECT {CaseColumns} FROM report_cases WHERE id = @id", new { id }), cancellationToken);

    /// <summary>What was said about these cases, the latest first.</summary>
    public Task<IReadOnlyList<ReportRow>> ReportsOfAsync(IReadOnlyCollection<string> caseIds, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ReportRow>>(
            async connection =>
            [
                .. await connection.QueryAsync<ReportRow>(
                    $"""
                    SELECT case_id, reporter_id, reason, note, at_ms
                    FROM reports
                    WHERE case_id {database.Dialect.In("@caseIds")}
                    ORDER BY at_ms DESC, reporter_id
                    """,
                    new { caseIds = caseIds.ToArray() }),
            ],
            cancellationToken);

    /// <summary>False when the case was decided before.</summary>
    public Task<bool> TryDecideAsync(string id, ReportState state, string byId, string? note, long nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection => await connection.ExecuteAsync(
                "UPDATE report_cases SET state = @state, decided_by = @byId, note = @note, decided_at_ms = @nowMs WHERE id = @id AND state = 0",
                new { id, state, byId, note, nowMs }) == 1,
            cancellationToken);
}
