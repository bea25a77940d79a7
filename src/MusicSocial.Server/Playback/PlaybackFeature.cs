using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Playback.Cues;
using MusicSocial.Server.Rooms;

namespace MusicSocial.Server.Playback;

internal static class PlaybackFeature
{
    public static IServiceCollection AddPlayback(this IServiceCollection services)
    {
        services
            .AddSingleton<PrivacyStore>().AddSingleton<PlaybackPrivacy>().AddSingleton<IPersonalData, PersonalPrivacy>()
            .AddSingleton<PlaybackTracker>().AddSingleton<PlaybackReports>().AddHostedService<PlaybackSweep>()
            .AddSingleton<NowPlayingViews>().AddSingleton<NowPlayingService>()
            .AddSingleton<PlaybackFollowers>().AddSingleton<ITopicKind, PlaybackTopic>();
        services.AddSingleton<AudienceEnforcer>().AddHostedService(provider => provider.GetRequiredService<AudienceEnforcer>());
        services
            .AddSingleton<RoomPlayback>()
            .AddSingleton<IRoomObserver>(provider => provider.GetRequiredService<RoomPlayback>())
            .AddHostedService<RoomPlaybackWorker>();
        services
            .AddSingleton<CueSubscriptions>().AddSingleton<CueScheduler>().AddSingleton<CueFollowService>()
            .AddSingleton<IPlaybackObserver>(provider => provider.GetRequiredService<CueScheduler>())
            .AddHostedService(provider => provider.GetRequiredService<CueFollowService>());
        return services;
    }

    public static void MapPlayback(this IEndpointRouteBuilder routes) => routes.MapPlaybackApi();
}
