using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
        var connections = services.GetRequiredService<WebSocketConnections>();
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(connections.RequestClose);
        var direct = CreateEndpoint<THub>(services, connections, configure);
        var hub = routes.MapHub<THub>(pattern, configure);
        hub.Add(endpoint =>
        {
            if (endpoint.RequestDelegate is not { } stock || endpoint.Metadata.OfType<NegotiateMetadata>().Any())
                return;
            endpoint.Metadata.Add(direct);
            endpoint.RequestDelegate = http => WebSocketEndpoint.Accepts(http) ? direct.RunAsync(http, EndOfToken(http)) : stock(http);
        });
        return hub;
    }

    /// <summary>
    /// Connects a client that opens a WebSocket to a topic hub without negotiation and is recognised, past all that follows in the pipeline: authentication,
    /// authorisation, headers for pages. Hubs that ask for more than a sign-in are not concerned.
    /// </summary>
    /// <param name="app">The pipeline, behind routing and whatever must see every request.</param>
    /// <param name="recognise">The ticket of a user who is signed in beyond doubt; null for a request that must pass the whole pipeline.</param>
    public static void UseTopicHubShortcut(this IApplicationBuilder app, Func<HttpContext, AuthenticationTicket?> recognise) =>
        app.Use(next => http =>
        {
            if (http.GetEndpoint()?.Metadata is not { } hub || hub.GetMetadata<WebSocketEndpoint>() is not { } direct
                || !AsksForNoMoreThanSignIn(hub) || !WebSocketEndpoint.Accepts(http) || recognise(http) is not { } ticket)
                return next(http);
            http.User = ticket.Principal;
            return direct.RunAsync(http, ticket.Properties.ExpiresUtc);
        });

    private static bool AsksForNoMoreThanSignIn(EndpointMetadataCollection hub)
    {
        foreach (var asked in hub.GetOrderedMetadata<IAuthorizeData>())
        {
            if (asked is not { Policy: null, Roles: null, AuthenticationSchemes: null })
                return false;
        }

        return hub.GetMetadata<AuthorizationPolicy>() is null;
    }

    private static DateTimeOffset? EndOfToken(HttpContext http) =>
        http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;

    private static WebSocketEndpoint CreateEndpoint<THub>(
        IServiceProvider services, WebSocketConnections connections, Action<HttpConnectionDispatcherOptions>? configure)
        where THub : Hub
    {
        var endpoint = new HttpConnectionDispatcherOptions();
        configure?.Invoke(endpoint);
        var limits = new WebSocketLimits(
            services.GetRequiredService<IOptions<RealtimeOptions>>(), endpoint, services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<RealtimeMetrics>());
        return new(
            services.GetRequiredService<HubConnectionHandler<THub>>(), connections, limits, services.GetRequiredService<ILogger<WebSocketEndpoint>>());
    }
}
