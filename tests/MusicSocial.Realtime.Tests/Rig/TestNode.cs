using System.Collections.Concurrent;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Redis;
using MusicSocial.Realtime.Topics;
using MusicSocial.TestRig;

namespace MusicSocial.Realtime.Tests.Rig;

/// <summary>A hub in memory: real SignalR over pipes, with time in the test's hand; in real time when it is one of several nodes over Redis. The upkeep loop runs only when asked.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly HubConnectionHandler<TestHub> _handler;
    private readonly ConcurrentBag<Task> _connections = [];
    private int _connected;

    public TestNode(Action<RealtimeOptions>? configure = null, string? redis = null, IUnsentEvents? unsent = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(redis is null ? Time : TimeProvider.System);
        if (redis is not null)
            services.AddRedisBackplane(redis);
        if (unsent is not null)
            services.AddSingleton(unsent);
        services.AddSingleton<ITopicKind>(Kind);
        services.AddRealtime(configure);
        services.AddTopicHub<TestHub>().AddHubOptions<TestHub>(hub =>
        {
            hub.AddFilter(new RefusalFilter());
            hub.KeepAliveInterval = TimeSpan.FromHours(1);
            hub.ClientTimeoutInterval = TimeSpan.FromHours(2);
        });
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        _handler = _services.GetRequiredService<HubConnectionHandler<TestHub>>();
    }

    public ManualTime Time { get; } = new();

    public TestKind Kind { get; } = new();

    public ITopicPublisher Publisher => Get<ITopicPublisher>();

    public ITopicSubscriptions Subscriptions => Get<ITopicSubscriptions>();

    public LiveTopics LiveTopics => Get<LiveTopics>();

    public TopicConnections Connections => Get<TopicConnections>();

    /// <summary>Starts a node over Redis.</summary>
    public static async Task<TestNode> StartAsync(string redis, Action<RealtimeOptions>? configure = null, IUnsentEvents? unsent = null)
    {
        var node = new TestNode(configure, redis, unsent);
        foreach (var service in node._services.GetServices<IHostedService>().Where(service => service is not (MaintenanceLoop or HeartbeatLoop)))
            await service.StartAsync(CancellationToken.None);
        return node;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>One turn of the heartbeats and the periodic tasks, which do not run by themselves here.</summary>
    public async Task MaintainAsync()
    {
        await _services.GetServices<IHostedService>().OfType<HeartbeatLoop>().Single().RunNowAsync();
        await _services.GetServices<IHostedService>().OfType<MaintenanceLoop>().Single().RunNowAsync();
    }

    public ValueTask PublishAsync(string topic, int number) =>
        new(Publisher.PublishAsync(topic, "number", number, null, CancellationToken.None).AsTask());

    /// <summary>Connects a client whose incoming pipe holds <paramref name="buffer"/> bytes before the server's writes wait.</summary>
    public async Task<TestClient> ConnectAsync(int buffer = 65_536)
    {
        var toServer = new Pipe();
        var toClient = new Pipe(new PipeOptions(pauseWriterThreshold: buffer, resumeWriterThreshold: buffer / 2));
        var context = new DefaultConnectionContext($"connection-{Interlocked.Increment(ref _connected)}")
        {
            Transport = new Duplex(toServer.Reader, toClient.Writer),
        };
        _connections.Add(RunAsync(context));
        var client = new TestClient(context.ConnectionId, toClient.Reader, toServer.Writer);
        await client.HandshakeAsync();
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await Eventually.Finishes(AbortAllAsync());
        await _services.DisposeAsync();
    }

    // Again and again, because clients that do not read hold up the goodbye.
    private async Task AbortAllAsync()
    {
        var ended = Task.WhenAll(_connections);
        while (!ended.IsCompleted)
        {
            foreach (var connection in Connections.All)
            {
                connection.Writer.Abort();
            }

            await Task.WhenAny(ended, Task.Delay(5));
        }
    }

    private async Task RunAsync(DefaultConnectionContext context)
    {
        try
        {
            await _handler.OnConnectedAsync(context);
        }
        finally
        {
            await context.Transport.Input.CompleteAsync();
            await context.Transport.Output.CompleteAsync();
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
