using System.Collections.Concurrent;
using StackExchange.Redis;

namespace MusicSocial.Realtime.Redis.Connection;

/// <summary>One multiplexer and the channels it is subscribed to.</summary>
internal sealed class RedisLink : IDisposable
{
    private readonly ConnectionMultiplexer _multiplexer;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _subscriptions = new(StringComparer.Ordinal);
    private readonly bool _isSharded;

    private RedisLink(ConnectionMultiplexer multiplexer, bool isSharded)
    {
        (_multiplexer, _isSharded) = (multiplexer, isSharded);
        multiplexer.ConnectionFailed += (_, _) => Broken?.Invoke(this, EventArgs.Empty);
        multiplexer.ConnectionRestored += (_, _) => Broken?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>A connection broke, or stands again after it had broken: messages were missed between the two.</summary>
    public event EventHandler? Broken;

    public IDatabase Database => _multiplexer.GetDatabase();

    /// <summary>Whether the client believes to be connected; over a half-open connection it does so too.</summary>
    public bool IsConnected => _multiplexer.IsConnected;

    /// <summary>Connects, or begins to: without Redis the link is there and connects as soon as it can.</summary>
    public static async Task<RedisLink> OpenAsync(RedisSettings settings, TimeProvider time)
    {
        var multiplexer = await ConnectionMultiplexer.ConnectAsync(settings.Options);
        // The client is content with the connection for commands; that for subscriptions stands a moment later.
        var started = time.GetTimestamp();
        while (multiplexer.IsConnected && !multiplexer.GetSubscriber().IsConnected() && time.GetElapsedTime(started) < settings.CommandTimeout)
            await Task.Delay(TimeSpan.FromMilliseconds(5), time);
        return new(multiplexer, settings.IsSharded);
    }

    /// <summary>
    /// From the moment the task completes every message of the channel is handed over, in the order they were sent, over reconnections too;
    /// <paramref name="receive"/> must not block. When it fails nothing stays subscribed, and it may be called again.
    /// </summary>
    public Task SubscribeAsync(string channel, Action<byte[]> receive)
    {
        var opening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var current = _subscriptions.GetOrAdd(channel, opening);
        if (current == opening)
            _ = OpenSubscriptionAsync(channel, receive, opening);
        return current.Task;
    }

    /// <summary>Ends the subscription here at once; the task completes when the server has ended it, too.</summary>
    public Task UnsubscribeAsync(string channel)
    {
        var unsubscribed = _multiplexer.GetSubscriber().UnsubscribeAsync(ChannelOf(channel));
        _subscriptions.TryRemove(channel, out _);
        return unsubscribed;
    }

    /// <summary>How many connections to the server heard it.</summary>
    public Task<long> PublishAsync(string channel, byte[] message) => Database.PublishAsync(ChannelOf(channel), message);

    /// <summary>Does not wait for commands under way: they fail.</summary>
    public void Dispose() => _multiplexer.Close(allowCommandsToComplete: false);

    private async Task OpenSubscriptionAsync(string channel, Action<byte[]> receive, TaskCompletionSource opening)
    {
        try
        {
            var messages = await _multiplexer.GetSubscriber().SubscribeAsync(ChannelOf(channel));
            messages.OnMessage(message => receive((byte[])message.Message!));
            opening.SetResult();
        }
        catch (Exception exception)
        {
            // The client would subscribe by itself when it connects, and collect messages that no code reads.
            _ = UnsubscribeAsync(channel).ContinueWith(static failed => _ = failed.Exception, TaskScheduler.Default);
            opening.SetException(exception);
        }
    }

    private RedisChannel ChannelOf(string name) =>
        _isSharded ? RedisChannel.Sharded(name) : new(name, RedisChannel.PatternMode.Literal);
}
