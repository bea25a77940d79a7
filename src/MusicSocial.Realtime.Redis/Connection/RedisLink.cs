using StackExchange.Redis;

namespace MusicSocial.Realtime.Redis.Connection;

/// <summary>One multiplexer: the place where versions of StackExchange.Redis differ.</summary>
internal sealed class RedisLink : IDisposable
{
    private readonly ConnectionMultiplexer _multiplexer;

    private RedisLink(ConnectionMultiplexer multiplexer)
    {
        _multiplexer = multiplexer;
        multiplexer.ConnectionFailed += (_, _) => Broken?.Invoke(this, EventArgs.Empty);
        multiplexer.ConnectionRestored += (_, _) => Broken?.Invoke(this, EventArgs.Empty);
#if REDIS_CLIENT_1
        // Messages of the subscription are handled one by one in the order they came; answers to commands leave that thread at once.
        multiplexer.PreserveAsyncOrder = true;
#endif
    }

    /// <summary>A connection broke, or stands again after it had broken: messages were missed between the two.</summary>
    public event EventHandler? Broken;

    public IDatabase Database => _multiplexer.GetDatabase();

    /// <summary>Whether both connections believe themselves to stand; a half-open one does so too.</summary>
    public bool IsConnected => _multiplexer.IsConnected;

    /// <summary>Connects, or begins to: without Redis the link is there and connects as soon as it can.</summary>
    public static async Task<RedisLink> OpenAsync(RedisSettings settings) =>
        new(await ConnectionMultiplexer.ConnectAsync(settings.Options));

    /// <summary>From the moment the task completes every message of the channel is handed over, in order; <paramref name="heard"/> must not block.</summary>
    public async Task SubscribeAsync(string channel, Action<byte[]> heard)
    {
#if REDIS_CLIENT_1
        await _multiplexer.GetSubscriber().SubscribeAsync(Literal(channel), (_, message) => heard((byte[])message!));
#else
        var messages = await _multiplexer.GetSubscriber().SubscribeAsync(Literal(channel));
        messages.OnMessage(message => heard((byte[])message.Message!));
#endif
    }

    public Task UnsubscribeAsync(string channel) => _multiplexer.GetSubscriber().UnsubscribeAsync(Literal(channel));

    /// <summary>How many connections to the server heard it.</summary>
    public Task<long> PublishAsync(string channel, byte[] message) => Database.PublishAsync(Literal(channel), message);

    /// <summary>Does not wait for commands under way: they fail.</summary>
    public void Dispose() => _multiplexer.Close(allowCommandsToComplete: false);

    private static RedisChannel Literal(string channel) => new(channel, RedisChannel.PatternMode.Literal);
}
