using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MusicSocial.Realtime.Transport;

/// <summary>Puts a hub under a path.</summary>
public static class TopicHubRoutes
{
    /// <summary>
    /// As SignalR's <c>MapHub</c>, except that WebSockets opened without negotiation go straight to the hub. Of the options,
    /// <c>CloseOnAuthenticationExpiration</c> and <c>WebSockets.CloseTimeout</c> concern those, too; the buffer sizes do not.
    /// </summary>
    public static HubEndpointConventionBuilder MapTopicHub<THub>(
        this IEndpointRouteBuilder routes, string pattern, Action<HttpConnectionDispatcherOptions>? configure = null)
        where THub : Hub
    {
        var services = routes.ServiceProvider;
        var connections = services.GetRequiredService<SocketConnections>();
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(connections.RequestClose);
        var door = OpenDoor<THub>(services, connections, configure);
        var hub = routes.MapHub<THub>(pattern, configure);
        hub.Add(endpoint =>
        {
            if (endpoint.RequestDelegate is { } stock && !endpoint.Metadata.OfType<NegotiateMetadata>().Any())
                endpoint.RequestDelegate = http => SocketDoor.Opens(http) ? door.EnterAsync(http) : stock(http);
        });
        return hub;
    }

    private static SocketDoor OpenDoor<THub>(
        IServiceProvider services, SocketConnections connections, Action<HttpConnectionDispatcherOptions>? configure)
        where THub : Hub
    {
        var endpoint = new HttpConnectionDispatcherOptions();
        configure?.Invoke(endpoint);
        var limits = new SocketLimits(
            services.GetRequiredService<IOptions<RealtimeOptions>>(), endpoint, services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<RealtimeMetrics>());
        return new(
            services.GetRequiredService<HubConnectionHandler<THub>>(), connections, limits, services.GetRequiredService<ILogger<SocketDoor>>());
    }
}
