using System.Data.Common;
using Dapper;
using MusicSocial.Lyrics;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Lyrics.Editing;

internal sealed class LyricRevisionStore(Database database)
{
    /// <summary>Revisions of one track that are kept in any case, the newest.</summary>
    private const int NewestKept = 50;

    /// <summary>Older ones that are kept for their worth, the newest of them.</summary>
    private const int ProvenKept = 200;

    /// <summary>Lyrics that stood for so long were good to many.</summary>
    private static readonly TimeSpan Proven = TimeSpan.FromDays(1);

    private sealed record RevisionAge
    {
        public long Revision { get; init; }
        public string UserId { get; init; } = "";
        public long CreatedAtMs { get; init; }
    }

    private sealed record Row
    {
        public long Revision { get; init; }
        public byte[] Source { get; init; } = [];
        public string? Format { get; init; }
        public string? Encoding { get; init; }
        public long OffsetMs { get; init; }
        public string UserId { get; init; } = "";
    }

    /// <summary>The newest revision of each track that has any, by track, without its bytes.</summary>
    public Task<Dictionary<string, NewestRevision>> NewestAsync(IReadOnlyCollection<string> trackIds, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection => (await connection.QueryAsync<NewestRevision>(
                $"""
                SELECT track_id, revision, user_id
                FROM lyric_revisions AS newest
                WHERE track_id {database.Dialect.In("@trackIds")}
                  AND revision = (SELECT MAX(revision) FROM lyric_revisions WHERE track_id = newest.track_id)
                """,
                new { trackIds = trackIds.ToArray() })).ToDictionary(revision => revision.TrackId),
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
                await database.Dialect.LockAsync(connection, $"lyrics:{trackId}");
                var newest = await connection.ExecuteScalarAsync<long>(
                    "SELECT COALESCE(MAX(revision), 0) FROM lyric_revisions WHERE track_id = @trackId", new { trackId });
                if (draft.BasedOn is { } basedOn && basedOn != newest)
                    throw new RefusedException(LyricsRefusals.Stale);
                var number = newest + 1;
                await connection.ExecuteAsync(Insert, ToColumns(trackId, number, draft, userId, nowMs));
                await TrackStore.MarkLyricsAddedAsync(connection, trackId);
                await RemoveWorthlessAsync(connection, trackId);
                return number;
            },
            cancellationToken);

    // However many revisions a few people add, they push out neither what others made last nor what stood for a day.
    private static async Task RemoveWorthlessAsync(DbConnection connection, string trackId)
    {
        var all = (await connection.QueryAsync<RevisionAge>(
            "SELECT revision, user_id, created_at_ms FROM lyric_revisions WHERE track_id = @trackId ORDER BY revision DESC", new { trackId })).ToList();
        var lastOf = all.DistinctBy(revision => revision.UserId).Select(revision => revision.Revision).ToHashSet();
        var kept = 0;
        for (var place = NewestKept; place < all.Count; place++)
        {
            var (revision, stoodForMs) = (all[place].Revision, all[place - 1].CreatedAtMs - all[place].CreatedAtMs);
            if ((lastOf.Contains(revision) || stoodForMs >= Proven.TotalMilliseconds) && ++kept <= ProvenKept)
                continue;
            await connection.ExecuteAsync("DELETE FROM lyric_reports WHERE track_id = @trackId AND revision = @revision", new { trackId, revision });
            await connection.ExecuteAsync("DELETE FROM lyric_revisions WHERE track_id = @trackId AND revision = @revision", new { trackId, revision });
        }
    }

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

/// <summary>Lyrics as they came.</summary>
/// <param name="Source">The bytes: a file's, or what an editor made.</param>
/// <param name="Format">Wire name of the format asked for, if any; <see cref="EditedSheet.Format"/> for what an editor made.</param>
/// <param name="Encoding">The encoding hint, if any.</param>
internal sealed record LyricRevision(byte[] Source, string? Format = null, string? Encoding = null)
{
    /// <summary>Milliseconds by which all lines are later than the source says.</summary>
    public int OffsetMs { get; init; }
}

/// <summary>A revision that is to be stored.</summary>
/// <param name="Content">What is kept.</param>
/// <param name="Sheet">What it says, as it was read.</param>
/// <param name="Kind">How it came about.</param>
/// <param name="From">The revision it was made from, if any; 0 is what the song brought.</param>
/// <param name="BasedOn">The revision its maker saw last; null when they did not say.</param>
internal sealed record RevisionDraft(LyricRevision Content, LyricSheet Sheet, RevisionKind Kind, long? From = null, long? BasedOn = null);

internal static class LyricTimings
{
    public static LyricTiming Of(LyricSheet sheet) =>
        sheet.WordSynced ? LyricTiming.Words : sheet.Synced ? LyricTiming.Lines : LyricTiming.None;
}

/// <summary>The newest revision of a track and who made it.</summary>
internal sealed record NewestRevision
{
    public string TrackId { get; init; } = "";
    public long Revision { get; init; }
    public string UserId { get; init; } = "";
}

/// <summary>A revision as the list reads it, without its bytes.</summary>
internal sealed record RevisionRow
{
    public long Revision { get; init; }
    public string UserId { get; init; } = "";
    public long CreatedAtMs { get; init; }
    public long Kind { get; init; }
    public long? FromRevision { get; init; }
    public long Timing { get; init; }
    public long LineCount { get; init; }
    public long OffsetMs { get; init; }
    public long Reports { get; init; }
}

/// <summary>A stored report.</summary>
internal sealed record LyricReportRow
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
    public Task<bool> PutAsync(string trackId, LyricReportRow report, CancellationToken cancellationToken) =>
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

    public Task<IReadOnlyList<LyricReportRow>> ListAsync(string trackId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<LyricReportRow>>(
            async connection =>
            [
                .. await connection.QueryAsync<LyricReportRow>(
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
