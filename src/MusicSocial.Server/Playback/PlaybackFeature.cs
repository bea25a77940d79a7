using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Playback.Cues;
using MusicSocial.Server.Rooms;

namespace MusicSocial.Server.Playback;

internal static class PlaybackFeature
{
    public static IServiceCollection AddPlayback(this IServiceCollection services)
    {
        services
            .AddSingleton<PrivacyStore>().AddSingleton<Privacy>().AddSingleton<PrivacyChoices>()
            .AddSingleton<PersonDocuments>().AddSingleton<PlaybackTracker>().AddSingleton<PlaybackReports>()
            .AddSingleton<NowPlayingViews>().AddSingleton<NowPlayingDoor>()
            .AddSingleton<UserFollowers>().AddSingleton<LocalAudience>().AddSingleton<ITopicKind, UserTopic>();
        services.AddSingleton<UserEars>().AddHostedService(provider => provider.GetRequiredService<UserEars>());
        services
            .AddSingleton<RoomLines>().AddSingleton<RoomNotes>()
            .AddSingleton<IRoomObserver>(provider => provider.GetRequiredService<RoomNotes>())
            .AddHostedService<RoomListening>();
        services
            .AddSingleton<CueSubscriptions>().AddSingleton<CueScheduler>().AddSingleton<CueFollowService>()
            .AddSingleton<IPlaybackWatcher>(provider => provider.GetRequiredService<CueScheduler>())
            .AddHostedService(provider => provider.GetRequiredService<CueScheduler>())
            .AddHostedService(provider => provider.GetRequiredService<CueFollowService>());
        services.AddSingleton<AudienceGuard>().AddHostedService(provider => provider.GetRequiredService<AudienceGuard>());
        return services.AddHostedService<PlaybackSweep>();
    }

    public static void MapPlayback(this IEndpointRouteBuilder routes) => routes.MapPlaybackApi();
}
