using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime;
using MusicSocial.Realtime.MessagePack;
using MusicSocial.Server.Hosting;

namespace MusicSocial.Server.Hubs;

internal static class HubsFeature
{
    public static IServiceCollection AddHubs(this IServiceCollection services)
    {
        services.AddRealtime();
        services.AddTopicHub<ListeningHub>().AddMessagePackWire();
        services.AddOptions<HubOptions>().Configure<IOptions<LimitOptions>>((hub, limits) =>
        {
            hub.MaximumReceiveMessageSize = limits.Value.HubMessageBytes;
            hub.AddFilter<RefusalHubFilter>();
        });
        return services.AddSingleton<RefusalHubFilter>().AddSingleton<Reactions>();
    }

    public static void MapHubs(this IEndpointRouteBuilder routes) =>
        routes.MapHub<ListeningHub>("/hub", connection =>
        {
            connection.CloseOnAuthenticationExpiration = true;
            connection.WebSockets.CloseTimeout = TimeSpan.FromSeconds(5);
            connection.Transports = HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling;
        });
}
