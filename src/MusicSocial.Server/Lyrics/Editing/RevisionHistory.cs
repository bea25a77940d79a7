using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Moderation;

namespace MusicSocial.Server.Lyrics.Editing;

/// <summary>What people made of a track's lyrics so far, and what others say is wrong with it.</summary>
internal sealed class RevisionHistory(
    LyricRevisionStore revisions, LyricReportStore reports, Tracks tracks, Users users, RateLimiter limiter, IOptions<LimitOptions> limits, IHubClock clock)
{
    private const int NoteLength = 500;

    /// <summary>Refuses <c>track.not_found</c>.</summary>
    public async Task<LyricRevisions> ListAsync(string trackId, CancellationToken cancellationToken)
    {
        await tracks.GetAsync(trackId, cancellationToken);
        var rows = await revisions.ListAsync(trackId, cancellationToken);
        var makers = await users.GetAsync([.. rows.Select(row => row.UserId)], cancellationToken);
        return new LyricRevisions([.. rows.Select((row, place) => new LyricRevisionView(
            row.Revision, makers[row.UserId], row.CreatedAtMs, (RevisionKind)row.Kind, row.FromRevision, (LyricTiming)row.Timing,
            row.LineCount, row.OffsetMs, row.Reports, Current: place == 0))]);
    }

    /// <summary>Refuses <c>lyrics.report_invalid</c>, <c>lyrics.revision_not_found</c> and <c>rate.limited</c>.</summary>
    public async Task ReportAsync(CurrentUser user, string trackId, long revision, LyricReportRequest report, CancellationToken cancellationToken)
    {
        var note = string.IsNullOrWhiteSpace(report.Note) ? null : report.Note;
        if (report.Reason is not { } reason || note?.Length > NoteLength)
            throw new RefusedException(LyricsRefusals.ReportInvalid);
        limiter.Acquire("lyrics-report", user.Id, limits.Value.LyricUploads);
        var row = new LyricReportRow
        {
            Revision = revision,
            UserId = user.Id,
            Reason = (long)reason,
            Note = note is null ? null : CleanText.Lines(note, NoteLength),
            CreatedAtMs = (long)clock.Now.Ms,
        };
        if (!await reports.PutAsync(trackId, row, cancellationToken))
            throw new RefusedException(LyricsRefusals.RevisionNotFound);
    }

    /// <summary>For those who can revert; refuses <c>track.not_found</c> and, to guests, <c>lyrics.forbidden</c>.</summary>
    public async Task<LyricReports> ReportsAsync(CurrentUser viewer, string trackId, CancellationToken cancellationToken)
    {
        await tracks.GetAsync(trackId, cancellationToken);
        if ((await users.GetAsync(viewer.Id, cancellationToken)).Guest)
            throw new RefusedException(LyricsRefusals.Forbidden);
        var rows = await reports.ListAsync(trackId, cancellationToken);
        var reporters = await users.GetAsync([.. rows.Select(row => row.UserId)], cancellationToken);
        return new LyricReports([.. rows.Select(row => new LyricReport(
            row.Revision, reporters[row.UserId], (ReportReason)row.Reason, row.Note, row.CreatedAtMs))]);
    }
}

/// <summary>Revisions of lyrics as what people report: <c>{trackId}:{revision}</c>, or a track for what it shows now. Upheld, a moderator reverts in the editor.</summary>
internal sealed class ReportableLyrics(LyricRevisionStore revisions) : IReportable
{
    public string Kind => "lyrics";

    public async Task<ReportedThing?> FindAsync(string id, string reporterId, CancellationToken cancellationToken)
    {
        var (trackId, named) = id.Split(':') is [var track, var number] && long.TryParse(number, CultureInfo.InvariantCulture, out var parsed)
            ? (track, parsed)
            : (id, default(long?));
        var rows = await revisions.ListAsync(trackId, cancellationToken);
        return (named is null && rows.Count > 0 ? rows[0] : rows.FirstOrDefault(row => row.Revision == named)) is { } revision
            ? new ReportedThing($"{trackId}:{revision.Revision}", revision.UserId, Excerpt: null)
            : null;
    }

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => Task.CompletedTask;
}

internal static class RevisionsApi
{
    public static void MapRevisions(this IEndpointRouteBuilder lyrics)
    {
        lyrics.MapGet("/revisions", List);
        lyrics.MapGet("/revisions/{revision:long}", Get);
        lyrics.MapPost("/revisions/{revision:long}/revert", Revert).RequireAuthorization();
        lyrics.MapPost("/revisions/{revision:long}/report", Report).RequireAuthorization();
        lyrics.MapGet("/reports", Reports).RequireAuthorization();
    }

    private static async Task<Ok<LyricRevisions>> List(string id, RevisionHistory history, CancellationToken cancellationToken) =>
        TypedResults.Ok(await history.ListAsync(id, cancellationToken));

    private static async Task<Ok<CueSheet>> Get(
        string id, long revision, ClientNetwork network, CueSheets sheets, CueSheetViews views, LyricsReading reading, CancellationToken cancellationToken)
    {
        reading.Count(network, isComposed: true);
        return TypedResults.Ok(await views.ComposeAsync(await sheets.GetRevisionAsync(id, revision, cancellationToken), cancellationToken));
    }

    private static async Task<Ok<CueSheet>> Revert(
        string id, long revision, CurrentUser user, LyricEditing editing, CueSheetViews views, CancellationToken cancellationToken) =>
        TypedResults.Ok(await views.ComposeAsync(await editing.RevertAsync(user, id, revision, cancellationToken), cancellationToken));

    private static async Task<NoContent> Report(
        string id, long revision, LyricReportRequest report, CurrentUser user, RevisionHistory history, CancellationToken cancellationToken)
    {
        await history.ReportAsync(user, id, revision, report, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<LyricReports>> Reports(
        string id, CurrentUser viewer, RevisionHistory history, CancellationToken cancellationToken) =>
        TypedResults.Ok(await history.ReportsAsync(viewer, id, cancellationToken));
}
