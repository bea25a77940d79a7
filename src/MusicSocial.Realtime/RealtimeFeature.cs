using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Hubs;
using MusicSocial.Realtime.MessagePack;
using MusicSocial.Realtime.Topics;
using MusicSocial.Realtime.Transport;
using MusicSocial.Realtime.Wire;

namespace MusicSocial.Realtime;

/// <summary>Composes the live machinery.</summary>
public static class RealtimeFeature
{
    // Everybody comes back at once when a node has restarted, and whoever does not fit is tried again by its kernel only after a second; the
    // kernel lowers it to net.core.somaxconn.
    private const int WaitingToBeAccepted = 16 * 1024;

    /// <summary>
    /// Registers topics, the hub clock and the in-process seams. A seam registered before this call stays: that is how a backplane takes over.
    /// </summary>
    public static IServiceCollection AddRealtime(this IServiceCollection services, Action<RealtimeOptions>? configure = null)
    {
        services.AddOptions<RealtimeOptions>()
            .Configure(configure ?? (_ => { }))
            .ValidateDataAnnotations()
            .Validate(options => options.HasSaneDurations(), "Durations must be positive, and BusyInterval at most 10 s.")
            .Validate(options => options.KeepsTopicsLongerThanKeys(), "IdleTopicLifetime must not be shorter than IdempotencyWindow.")
            .ValidateOnStart();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RealtimeMetrics>();
        AddInProcessSeams(services);
        AddEngine(services);
        AddBell(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, UpkeepLoop>());
        return services;
    }

    /// <summary>Registers SignalR for a hub whose connections can follow topics, in both protocols of the wire. Needs <see cref="AddRealtime"/>; map it with <see cref="TopicHubRoutes.MapTopicHub"/>.</summary>
    public static ISignalRServerBuilder AddTopicHub<THub>(this IServiceCollection services)
        where THub : Hub
    {
        services.TryAddSingleton<HubLifetimeManager<THub>, TopicHubLifetimeManager<THub>>();
        var signalR = services.AddSignalR();
        services.Replace(ServiceDescriptor.Singleton<IHubProtocolResolver, FramedProtocols>());
        MakeActivatorsTransient(services);
        services.Configure<SocketTransportOptions>(sockets =>
        {
            // The thread woken for a socket runs the hub; other sockets are read by other threads meanwhile.
            sockets.UnsafePreferInlineScheduling = true;
            sockets.Backlog = WaitingToBeAccepted;
        });
        return signalR
            .AddJsonProtocol(protocol => protocol.PayloadSerializerOptions = WireJson.Options)
            .AddMessagePackWire();
    }

    /// <summary>
    /// Lets plain SignalR of a hub - <c>Clients</c>, <c>Groups</c>, results of clients - reach connections of every node. Call it beside
    /// <c>AddSignalR</c> or <see cref="AddTopicHub"/>, in any order. Needs <see cref="AddRealtime"/>, and the seams of a backplane to reach beyond
    /// this process.
    /// </summary>
    public static IServiceCollection AddBackplaneHub<THub>(this IServiceCollection services)
        where THub : Hub =>
        services.Replace(ServiceDescriptor.Singleton<HubLifetimeManager<THub>, BackplaneHubLifetimeManager<THub>>());

    /// <summary>SignalR asks once per call who makes the hub; a scope would keep a dictionary for that answer alone.</summary>
    private static void MakeActivatorsTransient(IServiceCollection services)
    {
        var scoped = services.Last(service => service.ServiceType == typeof(IHubActivator<>));
        if (scoped.ImplementationType is { } activator)
            services.Replace(ServiceDescriptor.Transient(scoped.ServiceType, activator));
    }

    private static void AddInProcessSeams(IServiceCollection services)
    {
        services.TryAddSingleton<ProcessClock>();
        services.TryAddSingleton<IHubClock>(provider => provider.GetRequiredService<ProcessClock>());
        services.TryAddSingleton<IHubClockReference>(provider => provider.GetRequiredService<ProcessClock>());
        services.TryAddSingleton<InProcessTopicBus>();
        services.TryAddSingleton<ITopicBus>(provider => provider.GetRequiredService<InProcessTopicBus>());
        services.TryAddSingleton<ISharedLimits, InProcessLimits>();
        AddWithUpkeep<ITopicLog, InProcessTopicLog>(services);
        AddWithUpkeep<IRevisionedState, InProcessRevisionedState>(services);
        AddWithUpkeep<IPresence, InProcessPresence>(services);
    }

    private static void AddEngine(IServiceCollection services)
    {
        services.TryAddSingleton<TopicKinds>();
        services.TryAddSingleton<ITopics, TopicEngine>();
        services.TryAddSingleton(provider => new HubDrain(
            provider.GetRequiredService<TopicConnections>(), provider.GetRequiredService<IOptions<RealtimeOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        AddUpkeep<SocketConnections>(services);
        AddUpkeep<TopicConnections>(services);
        AddUpkeep<LiveTopics>(services);
        AddUpkeep<Following>(services);
    }

    private static void AddBell(IServiceCollection services)
    {
        if (services.All(service => service.ServiceType != typeof(NodeBell)))
        {
            services.AddSingleton<NodeBell>();
            services.AddHostedService(provider => provider.GetRequiredService<NodeBell>());
        }
    }

    private static void AddWithUpkeep<TSeam, T>(IServiceCollection services)
        where TSeam : class
        where T : class, TSeam, IUpkeep
    {
        services.TryAddSingleton<TSeam>(provider => provider.GetRequiredService<T>());
        AddUpkeep<T>(services);
    }

    private static void AddUpkeep<T>(IServiceCollection services)
        where T : class, IUpkeep
    {
        if (services.All(service => service.ServiceType != typeof(T)))
        {
            services.AddSingleton<T>();
            services.AddSingleton<IUpkeep>(provider => provider.GetRequiredService<T>());
        }
    }
}
