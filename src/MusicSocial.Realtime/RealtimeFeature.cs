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
using MusicSocial.Realtime.Topics;
using MusicSocial.Realtime.Transport;

namespace MusicSocial.Realtime;

/// <summary>Composes the live machinery.</summary>
public static class RealtimeFeature
{
    // All clients come back at once when a node has restarted, and one that does not fit is tried again by its kernel only after a second; the
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
        AddTopics(services);
        AddCacheInvalidation(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, HeartbeatLoop>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MaintenanceLoop>());
        return services;
    }

    /// <summary>Registers SignalR for a hub whose connections can follow topics, in both protocols of the wire. Needs <see cref="AddRealtime"/>; map it with <see cref="TopicHubRoutes.MapTopicHub"/>.</summary>
    public static ISignalRServerBuilder AddTopicHub<THub>(this IServiceCollection services)
        where THub : Hub
    {
        services.TryAddSingleton<HubLifetimeManager<THub>, TopicHubLifetimeManager<THub>>();
        var signalR = services.AddSignalR();
        services.Replace(ServiceDescriptor.Singleton<IHubProtocolResolver, FramedProtocolResolver>());
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

    /// <summary>SignalR asks once per call for the activator of the hub; a scope would keep a dictionary for that answer alone.</summary>
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
        services.TryAddSingleton<InProcessTopicBus>();
        services.TryAddSingleton<ITopicBus>(provider => provider.GetRequiredService<InProcessTopicBus>());
        services.TryAddSingleton<IRateLimitStore, InProcessRateLimitStore>();
        AddSeam<ITopicLog, InProcessTopicLog, IPeriodicTask>(services);
        AddSeam<IRevisionedState, InProcessRevisionedState, IPeriodicTask>(services);
        AddSeam<IPresence, InProcessPresence, IHeartbeat>(services);
    }

    private static void AddTopics(IServiceCollection services)
    {
        services.TryAddSingleton<ITopicPublisher, TopicPublisher>();
        services.TryAddSingleton<ITopicSubscriptions>(provider => ActivatorUtilities.CreateInstance<TopicSubscriptions>(
            provider, new Lazy<IEnumerable<ITopicKind>>(provider.GetServices<ITopicKind>)));
        services.TryAddSingleton(provider => new HubDrain(
            provider.GetRequiredService<TopicConnections>(), provider.GetRequiredService<IOptions<RealtimeOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        AddWith<IHeartbeat, WebSocketConnections>(services);
        AddWith<IHeartbeat, TopicConnections>(services);
        AddWith<IPeriodicTask, LiveTopics>(services);
        AddWith<IPeriodicTask, TopicFollowService>(services);
    }

    private static void AddCacheInvalidation(IServiceCollection services)
    {
        if (services.All(service => service.ServiceType != typeof(CacheInvalidationBus)))
        {
            services.AddSingleton<CacheInvalidationBus>();
            services.AddHostedService(provider => provider.GetRequiredService<CacheInvalidationBus>());
        }
    }

    private static void AddSeam<TSeam, T, TRole>(IServiceCollection services)
        where TSeam : class
        where T : class, TSeam, TRole
        where TRole : class
    {
        services.TryAddSingleton<TSeam>(provider => provider.GetRequiredService<T>());
        AddWith<TRole, T>(services);
    }

    /// <summary>Registers <typeparamref name="T"/> once, and as one of the many of a role.</summary>
    private static void AddWith<TRole, T>(IServiceCollection services)
        where TRole : class
        where T : class, TRole
    {
        if (services.All(service => service.ServiceType != typeof(T)))
        {
            services.AddSingleton<T>();
            services.AddSingleton<TRole>(provider => provider.GetRequiredService<T>());
        }
    }
}
