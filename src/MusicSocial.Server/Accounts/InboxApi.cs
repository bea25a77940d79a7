using Microsoft.AspNetCore.Http.HttpResults;

namespace MusicSocial.Server.Accounts;

internal static class InboxApi
{
    public static void MapInboxApi(this IEndpointRouteBuilder routes)
    {
        var inbox = routes.MapGroup("/api/me/inbox").WithTags("Accounts").RequireAuthorization();
        inbox.MapGet("/", Read);
        inbox.MapPut("/read", MarkRead);
    }

    private static async Task<Ok<InboxPage>> Read(CurrentUser user, Inbox inbox, string? cursor, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await inbox.ReadAsync(user.Id, cursor, limit, cancellationToken));

    private static async Task<Ok<InboxRead>> MarkRead(CurrentUser user, Inbox inbox, CancellationToken cancellationToken) =>
        TypedResults.Ok(await inbox.MarkReadAsync(user.Id, cancellationToken));
}
