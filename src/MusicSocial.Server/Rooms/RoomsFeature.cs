using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Moderation;

namespace MusicSocial.Server.Rooms;

internal static class RoomsFeature
{
    public static IServiceCollection AddRooms(this IServiceCollection services)
    {
        services.AddOptions<RoomOptions>().BindConfiguration("Rooms").ValidateDataAnnotations()
            .Validate(options => options.Grace > TimeSpan.Zero && options.LookEvery > TimeSpan.Zero && options.SweepEvery > TimeSpan.Zero && options.CountEvery > TimeSpan.Zero, "Times are more than zero.")
            .ValidateOnStart();
        services
            .AddSingleton<RoomStore>().AddSingleton<RoomChatStore>().AddSingleton<RoomGuestStore>().AddSingleton<RoomKnockStore>().AddSingleton<RoomKnocks>()
            .AddSingleton<RoomRepository>().AddSingleton<RoomConnections>().AddSingleton<StartLeadTimes>().AddSingleton<RoomObservers>()
            .AddSingleton<RoomMembership>().AddSingleton<RoomAccess>().AddSingleton<RoomReconciler>()
            .AddSingleton<RoomCommands>().AddSingleton<RoomModeration>().AddSingleton<RoomChat>()
            .AddSingleton<RoomEvents>().AddSingleton<RoomViews>().AddSingleton<RoomDirectory>()
            .AddSingleton<RoomTimer>().AddSingleton<ListenerCounts>()
            .AddSingleton<IPersonalData, PersonalRooms>()
            .AddSingleton<IReportable, ReportableRooms>().AddSingleton<IReportable, ReportableChat>()
            .AddSingleton<ITopicKind, RoomTopic>();
        return services
            .AddSingleton<RoomRetention>().AddHostedService(provider => provider.GetRequiredService<RoomRetention>())
            .AddHostedService<RoomReconciliationService>()
            .AddHostedService<RoomTrackLengths>()
            .AddHostedService(provider => provider.GetRequiredService<RoomTimer>())
            .AddHostedService(provider => provider.GetRequiredService<ListenerCounts>());
    }

    public static void MapRooms(this IEndpointRouteBuilder routes) => routes.MapRoomsApi();
}
