using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Redis;
using MusicSocial.Realtime.Transport;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Hubs;

internal static class HubsFeature
{
    public static IServiceCollection AddHubs(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["Redis"] is { Length: > 0 } redis)
            services.AddRedisBackplane(redis).AddSingleton<IUnsentEvents, UnsentEventStore>();
        services.AddRealtime();
        services.AddOptions<RealtimeOptions>().BindConfiguration("Realtime");
        services.AddTopicHub<ListeningHub>();
        RefuseWhatCannotBeCalled(services);
        services.AddOptions<HubOptions>().Configure<IOptions<LimitOptions>>((hub, limits) =>
        {
            hub.MaximumReceiveMessageSize = limits.Value.HubMessageBytes;
            hub.AddFilter<RefusalHubFilter>();
        });
        return services.AddSingleton<HubFloodGuard>().AddSingleton<HubConnections>().AddSingleton<RefusalHubFilter>();
    }

    private static void RefuseWhatCannotBeCalled(IServiceCollection services)
    {
        foreach (var wire in services.Where(service => service.ServiceType == typeof(IHubProtocol)).ToArray())
        {
            services.Remove(wire);
            services.AddSingleton<IHubProtocol>(provider => ActivatorUtilities.CreateInstance<RefusingHubProtocol>(
                provider, (IHubProtocol)ActivatorUtilities.CreateInstance(provider, wire.ImplementationType!)));
        }
    }

    public static void MapHubs(this IEndpointRouteBuilder routes) =>
        routes.MapTopicHub<ListeningHub>("/hub", connection =>
        {
            connection.CloseOnAuthenticationExpiration = true;
            connection.WebSockets.CloseTimeout = TimeSpan.FromSeconds(5);
            connection.Transports = HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling;
        });
}
