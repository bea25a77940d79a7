using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Redis.Clock;
using MusicSocial.Realtime.Redis.Connection;
using MusicSocial.Realtime.Redis.Limits;
using MusicSocial.Realtime.Redis.Presence;
using MusicSocial.Realtime.Redis.Topics;
using StackExchange.Redis;

namespace MusicSocial.Realtime.Redis;

/// <summary>Composes the backplane.</summary>
public static class RedisBackplaneFeature
{
    /// <summary>
    /// Makes this process a node of a hub that spans processes, joined by Redis. Call it before <see cref="RealtimeFeature.AddRealtime"/>.
    /// </summary>
    /// <remarks>With an <see cref="IUnsentEvents"/> among the services, what a node promised while Redis was away outlives the node.</remarks>
    /// <param name="services">The node's services.</param>
    /// <param name="connectionString">As StackExchange.Redis reads it, with <c>prefix=</c> besides; <see cref="FormatException"/> when it cannot be read.</param>
    public static IServiceCollection AddRedisBackplane(this IServiceCollection services, string connectionString)
    {
        if (services.Any(service => service.ServiceType == typeof(RealtimeMetrics)))
            throw new InvalidOperationException("AddRedisBackplane must be called before AddRealtime.");
        var settings = RedisSettings.Parse(connectionString);
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new RedisConnection(
            settings,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<RealtimeMetrics>(),
            provider.GetRequiredService<ILogger<RedisConnection>>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<RedisConnection>());
        services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis");
        AddClock(services);
        AddTopics(services);
        AddPeople(services);
        return services;
    }

    /// <summary>
    /// Lets plain SignalR - <c>Clients</c>, <c>Groups</c>, results of clients - of every hub without topics reach connections of all nodes. It is
    /// SignalR's own backplane: what is sent while Redis is away is lost; what must not be lost belongs into a topic.
    /// </summary>
    /// <param name="builder">What <c>AddSignalR</c> returned.</param>
    /// <param name="connectionString">As for <see cref="AddRedisBackplane"/>.</param>
    public static ISignalRServerBuilder AddPlainHubBackplane(this ISignalRServerBuilder builder, string connectionString)
    {
        var settings = RedisSettings.Parse(connectionString);
        return builder.AddStackExchangeRedis(redis =>
        {
            redis.Configuration = settings.Options.Clone();
            // It subscribes while it connects and expects to be waited for.
            redis.Configuration.BacklogPolicy = BacklogPolicy.Default;
            redis.Configuration.ChannelPrefix = RedisChannel.Literal(new RedisKeys(settings.Prefix, settings.Database).ChannelOf("hub", ""));
        });
    }

    private static void AddClock(IServiceCollection services)
    {
        services.AddSingleton<RedisTime>();
        services.AddSingleton<ClusterClock>();
        services.AddSingleton<IHubClock>(provider => provider.GetRequiredService<ClusterClock>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ClusterClock>());
    }

    private static void AddPeople(IServiceCollection services)
    {
        services.AddSingleton<IRateLimitStore, RedisLimits>();
        services.AddSingleton<RedisPresence>();
        services.AddSingleton<IPresence>(provider => provider.GetRequiredService<RedisPresence>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<RedisPresence>());
    }

    private static void AddTopics(IServiceCollection services)
    {
        services.AddSingleton<TopicStore>();
        services.AddSingleton<RedisTopicBus>();
        services.AddSingleton<OfflineTopics>();
        services.AddSingleton<ITopicBus>(provider => provider.GetRequiredService<RedisTopicBus>());
        services.AddSingleton<ITopicLog, RedisTopicLog>();
        services.AddSingleton<IRevisionedState, RedisRevisionedState>();
        services.AddHostedService<TopicWatch>();
        services.AddHostedService<UnsentSweep>();
    }
}
