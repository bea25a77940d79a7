using Microsoft.AspNetCore.Http.HttpResults;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Inbox;

internal static class InboxFeature
{
    public static IServiceCollection AddInbox(this IServiceCollection services) =>
        services.AddSingleton<NoticeStore>().AddSingleton<Inboxes>().AddSingleton<ITopicKind, InboxTopic>()
            .AddSingleton<IPersonalData, PersonalNotices>();

    public static void MapInbox(this IEndpointRouteBuilder routes)
    {
        var inbox = routes.MapGroup("/api/me/inbox").WithTags("Accounts").RequireAuthorization();
        inbox.MapGet("/", Read);
        inbox.MapPut("/read", MarkRead);
    }

    private static async Task<Ok<InboxPage>> Read(CurrentUser user, Inboxes inboxes, string? cursor, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await inboxes.ReadAsync(user.Id, cursor, limit, cancellationToken));

    private static async Task<Ok<InboxRead>> MarkRead(CurrentUser user, Inboxes inboxes, CancellationToken cancellationToken) =>
        TypedResults.Ok(await inboxes.MarkReadAsync(user.Id, cancellationToken));
}
