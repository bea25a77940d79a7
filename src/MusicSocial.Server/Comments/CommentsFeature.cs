using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Moderation;

namespace MusicSocial.Server.Comments;

internal static class CommentsFeature
{
    public static IServiceCollection AddComments(this IServiceCollection services) =>
        services
            .AddSingleton<CommentStore>()
            .AddSingleton<CommentListStore>()
            .AddSingleton<CommentHistory>()
            .AddSingleton<CommentNotices>().AddHostedService(provider => provider.GetRequiredService<CommentNotices>())
            .AddSingleton<CommentRooms>()
            .AddSingleton<LiveComments>()
            .AddSingleton<IPersonalData, PersonalComments>()
            .AddSingleton<IReportable, ReportableComments>()
            .AddSingleton<ITopicKind, TrackTopic>();

    public static void MapComments(this IEndpointRouteBuilder routes) => routes.MapCommentsApi();
}
