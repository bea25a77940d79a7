using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace MusicSocial.Realtime.Redis.Connection;

/// <summary>
/// This node's one connection to Redis. It knows whether Redis is there: while it is away everything that needs it is refused at once with
/// <c>hub.unavailable</c>. Listeners are told when messages may have been missed.
/// </summary>
public sealed class RedisConnection : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, Action<byte[]>> _listeners = new(StringComparer.Ordinal);
    private readonly RedisHeartbeat _heartbeat;
    private readonly TimeProvider _time;
    private RedisLink? _link;

    internal RedisConnection(RedisSettings settings, TimeProvider time, RealtimeMetrics metrics, ILogger<RedisConnection> logger)
    {
        (Settings, _time) = (settings, time);
        Keys = new(settings.Prefix, settings.Database);
        _heartbeat = new(this, time, metrics, logger);
    }

    /// <summary>Commands were refused from here on. Called on any thread; must not block.</summary>
    internal event EventHandler? WentAway;

    /// <summary>
    /// Commands work and messages are heard again, after <see cref="WentAway"/> or after the subscription alone was broken: what was sent
    /// meanwhile was missed. Called on any thread; must not block.
    /// </summary>
    internal event EventHandler? Doubted;

    /// <summary>Whether Redis serves this node: commands are answered, messages are heard, and its settings are fit for a hub.</summary>
    public bool IsUp => _heartbeat.IsUp;

    /// <summary>Names this run of this process among all nodes.</summary>
    internal string NodeId { get; } = Guid.CreateVersion7().ToString("n");

    internal RedisSettings Settings { get; }

    internal RedisKeys Keys { get; }

    internal RedisLink Link => _link ?? throw new ObjectDisposedException(nameof(RedisConnection), "Not connected yet, or no more.");

    /// <summary>One round trip to Redis; refused with <c>hub.unavailable</c> while it is away.</summary>
    public async Task<TimeSpan> PingAsync(CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        await ExecuteAsync("PING", [], cancellationToken);
        return _time.GetElapsedTime(started);
    }

    /// <summary>Connects; refuses to start over a Redis that would lose what the hub keeps there. Goes on without Redis when it is away.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _link = await OpenAsync().WaitAsync(cancellationToken);
        await _heartbeat.StartAsync();
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _heartbeat.DisposeAsync();
        Interlocked.Exchange(ref _link, null)?.Dispose();
    }

    /// <summary>Runs a script, once or, if it is repeatable, again when the connection breaks under it. Refused while Redis is away.</summary>
    internal Task<RedisResult> RunAsync(RedisScript script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken) =>
        AskAsync(() => Link.Database.ScriptEvaluateAsync(script.Text, keys, values), script.IsRepeatable, cancellationToken);

    /// <summary>Runs a command that no script fits. Refused while Redis is away.</summary>
    internal Task<RedisResult> ExecuteAsync(string command, object[] arguments, CancellationToken cancellationToken) =>
        AskAsync(() => Link.Database.ExecuteAsync(command, arguments), isRepeatable: false, cancellationToken);

    /// <summary>Sends a message to every node that listens. May be lost. Refused while Redis is away.</summary>
    internal Task<long> PublishAsync(string channel, byte[] message, CancellationToken cancellationToken) =>
        AskAsync(() => Link.PublishAsync(channel, message), isRepeatable: false, cancellationToken);

    /// <summary>
    /// Hands every message of the channel to <paramref name="heard"/>, in the order they came; it must only enqueue. A channel has one
    /// listener on a node. When Redis is away it is heard from its return on; <see cref="Doubted"/> tells.
    /// </summary>
    internal async Task ListenAsync(string channel, Action<byte[]> heard, CancellationToken cancellationToken)
    {
        if (!_listeners.TryAdd(channel, heard))
            throw new InvalidOperationException($"{channel} has a listener already.");
        try
        {
            await Link.SubscribeAsync(channel, heard).WaitAsync(Settings.CommandTimeout, _time, cancellationToken);
        }
        catch (Exception exception) when (RedisFault.MeansAway(exception, cancellationToken))
        {
            _heartbeat.Doubt();
        }
        catch
        {
            _listeners.TryRemove(channel, out _);
            throw;
        }
    }

    /// <summary>Stops listening; no message is handed over once this returns. Does not wait for a Redis that is away.</summary>
    internal async Task UnlistenAsync(string channel)
    {
        if (!_listeners.TryRemove(channel, out _) || _link is not { } link)
            return;
        try
        {
            var unsubscribed = link.UnsubscribeAsync(channel);
            await unsubscribed.WaitAsync(IsUp ? Settings.CommandTimeout : TimeSpan.Zero, _time, CancellationToken.None);
        }
        catch (Exception exception) when (RedisFault.MeansAway(exception))
        {
            // The client forgot the channel; the server forgets it with the connection, or what it still sends is dropped.
        }
    }

    /// <summary>Subscribes what could not be subscribed before; whether nothing is left.</summary>
    internal async Task<bool> TryListenAgainAsync()
    {
        try
        {
            await SubscribeAllAsync(Link);
            return true;
        }
        catch (Exception exception) when (RedisFault.MeansAway(exception))
        {
            return false;
        }
    }

    /// <summary>Replaces a link that believes to be connected but is not. The old one stays when the new one cannot connect either.</summary>
    internal async Task<bool> TryRelinkAsync()
    {
        var fresh = await OpenAsync();
        if (!fresh.IsConnected)
        {
            fresh.Dispose();
            return false;
        }

        var old = Interlocked.Exchange(ref _link, fresh);
        try
        {
            await SubscribeAllAsync(fresh);
        }
        finally
        {
            old?.Dispose();
        }

        return true;
    }

    private Task SubscribeAllAsync(RedisLink link) =>
        Task.WhenAll(_listeners.Select(listener => link.SubscribeAsync(listener.Key, listener.Value))).WaitAsync(Settings.CommandTimeout, _time);

    private async Task<RedisLink> OpenAsync()
    {
        var link = await RedisLink.OpenAsync(Settings, _time);
        link.Broken += (_, _) => _heartbeat.Doubt();
        return link;
    }

    internal void TellAway() => WentAway?.Invoke(this, EventArgs.Empty);

    internal void TellDoubt() => Doubted?.Invoke(this, EventArgs.Empty);

    private async Task<T> AskAsync<T>(Func<Task<T>> command, bool isRepeatable, CancellationToken cancellationToken)
    {
        if (!IsUp)
            throw new RefusedException(HubRefusals.Unavailable);
        var started = _time.GetTimestamp();
        while (true)
        {
            var left = Settings.CommandTimeout - _time.GetElapsedTime(started);
            try
            {
                // Answers leave the library's thread here: whatever the caller does next holds up no message.
                return await command().WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }
            catch (Exception exception) when (RedisFault.MeansAway(exception, cancellationToken))
            {
                var mayRepeat = exception is RedisConnectionException or ObjectDisposedException or OperationCanceledException && (isRepeatable || RedisFault.MeansNotSent(exception));
                if (!mayRepeat || left < RepeatAfter || !IsUp)
                {
                    _heartbeat.Suspect(exception);
                    throw new RefusedException(HubRefusals.Unavailable);
                }

                await Task.Delay(RepeatAfter, _time, cancellationToken);
            }
        }
    }
}
