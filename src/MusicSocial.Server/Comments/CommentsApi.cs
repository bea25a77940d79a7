using Microsoft.AspNetCore.Http.HttpResults;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;
using MusicSocial.Server.Limits;

namespace MusicSocial.Server.Comments;

internal static class CommentsApi
{
    public static void MapCommentsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").WithTags("Comments").WithLimitedReads();
        group.MapGet("/tracks/{trackId}/comments", List);
        group.MapPost("/tracks/{trackId}/comments", Post).RequireAuthorization();
        group.MapGet("/tracks/{trackId}/moments", Moments);
        group.MapPatch("/comments/{id}", Edit).RequireAuthorization();
        group.MapDelete("/comments/{id}", Delete).RequireAuthorization();
        group.MapPut("/comments/{id}/like", Like).RequireAuthorization();
        group.MapDelete("/comments/{id}/like", Unlike).RequireAuthorization();
    }

    private static async Task<Ok<CommentPage>> List(
        string trackId, string? order, string? cursor, int? limit, double? fromMs, double? toMs, CurrentUser? reader, CommentHistory history, CancellationToken cancellationToken) =>
        TypedResults.Ok(await history.ReadAsync(
            trackId, CommentOrders.Parse(order), fromMs, toMs, cursor, Cursor.Limit(limit), reader, cancellationToken));

    private static async Task<Ok<Comment>> Post(
        string trackId, PostComment request, CurrentUser author, LiveComments comments, CancellationToken cancellationToken) =>
        TypedResults.Ok(await comments.PostAsync(author, request with { TrackId = trackId }, cancellationToken));

    private static async Task<Ok<CommentMoments>> Moments(string trackId, CommentHistory history, CancellationToken cancellationToken) =>
        TypedResults.Ok(await history.MomentsAsync(trackId, cancellationToken));

    private static async Task<Ok<Comment>> Edit(
        string id, EditComment request, CurrentUser user, LiveComments comments, CancellationToken cancellationToken) =>
        TypedResults.Ok(await comments.EditAsync(user, id, request, cancellationToken));

    private static async Task<NoContent> Delete(string id, CurrentUser user, LiveComments comments, CancellationToken cancellationToken)
    {
        await comments.DeleteAsync(user, id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Like(string id, CurrentUser user, LiveComments comments, CancellationToken cancellationToken)
    {
        await comments.LikeAsync(user, id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Unlike(string id, CurrentUser user, LiveComments comments, CancellationToken cancellationToken)
    {
        await comments.UnlikeAsync(user, id, cancellationToken);
        return TypedResults.NoContent();
    }
}
