using Microsoft.AspNetCore.Http.HttpResults;
using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Lyrics.Revisions;

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
        string id, long revision, CueSheets sheets, CueSheetViews views, CancellationToken cancellationToken) =>
        TypedResults.Ok(await views.ComposeAsync(await sheets.GetRevisionAsync(id, revision, cancellationToken), cancellationToken));

    private static async Task<Ok<CueSheet>> Revert(
        string id, long revision, CurrentUser user, Contributions contributions, CueSheetViews views, CancellationToken cancellationToken) =>
        TypedResults.Ok(await views.ComposeAsync(await contributions.RevertAsync(user, id, revision, cancellationToken), cancellationToken));

    private static async Task<NoContent> Report(
        string id, long revision, ReportRequest report, CurrentUser user, RevisionHistory history, CancellationToken cancellationToken)
    {
        await history.ReportAsync(user, id, revision, report, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<LyricReports>> Reports(
        string id, CurrentUser viewer, RevisionHistory history, CancellationToken cancellationToken) =>
        TypedResults.Ok(await history.ReportsAsync(viewer, id, cancellationToken));
}
