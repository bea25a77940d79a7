using System.Collections.Concurrent;
using StackExchange.Redis;

namespace MusicSocial.Realtime.Redis.Connection;

/// <summary>One multiplexer: the place where versions of StackExchange.Redis differ.</summary>
internal sealed class RedisLink : IDisposable
{
    private readonly ConnectionMultiplexer _multiplexer;
    private readonly ConcurrentDictionary<string, byte> _channels = new(StringComparer.Ordinal);
    private readonly bool _isSharded;

    private RedisLink(ConnectionMultiplexer multiplexer, bool isSharded)
    {
        (_multiplexer, _isSharded) = (multiplexer, isSharded);
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
        new(await ConnectionMultiplexer.ConnectAsync(settings.Options), settings.IsSharded);

    /// <summary>From the moment the task completes every message of the channel is handed over, in order; <paramref name="heard"/> must not block.</summary>
    public async Task SubscribeAsync(string channel, Action<byte[]> heard)
    {
        if (!_channels.TryAdd(channel, 0))
            return;
#if REDIS_CLIENT_1
        await _multiplexer.GetSubscriber().SubscribeAsync(ChannelOf(channel), (_, message) => heard((byte[])message!));
#else
        var messages = await _multiplexer.GetSubscriber().SubscribeAsync(ChannelOf(channel));
        messages.OnMessage(message => heard((byte[])message.Message!));
#endif
    }

    public Task UnsubscribeAsync(string channel)
    {
        _channels.TryRemove(channel, out _);
        return _multiplexer.GetSubscriber().UnsubscribeAsync(ChannelOf(channel));
    }

    /// <summary>How many connections to the server heard it.</summary>
    public Task<long> PublishAsync(string channel, byte[] message) => Database.PublishAsync(ChannelOf(channel), message);

    /// <summary>Does not wait for commands under way: they fail.</summary>
    public void Dispose() => _multiplexer.Close(allowCommandsToComplete: false);

#if REDIS_CLIENT_1
    private RedisChannel ChannelOf(string name) =>
        _isSharded ? throw new NotSupportedException("Sharded channels need a newer client.") : new(name, RedisChannel.PatternMode.Literal);
#else
    private RedisChannel ChannelOf(string name) =>
        _isSharded ? RedisChannel.Sharded(name) : new(name, RedisChannel.PatternMode.Literal);
#endif
}
