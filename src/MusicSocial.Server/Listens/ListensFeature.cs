using MusicSocial.Server.Accounts;
using MusicSocial.Server.Playback;

namespace MusicSocial.Server.Listens;

internal static class ListensFeature
{
    public static IServiceCollection AddListens(this IServiceCollection services)
    {
        services.AddOptions<ListenOptions>().BindConfiguration("Listens").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddHostedService<ListenRetention>()
            .AddSingleton<IPersonalData, PersonalListens>()
            .AddSingleton<ListenStore>().AddSingleton<ListenHistory>().AddSingleton<ListenCounter>()
            .AddSingleton<IPlaybackObserver>(provider => provider.GetRequiredService<ListenCounter>())
            .AddHostedService(provider => provider.GetRequiredService<ListenCounter>());
    }

    public static void MapListens(this IEndpointRouteBuilder routes) => routes.MapListensApi();
}
