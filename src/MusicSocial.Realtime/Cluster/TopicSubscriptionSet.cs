namespace MusicSocial.Realtime.Cluster;

/// <summary>The topics a part of the server itself listens to, each subscribed once, beside the connections that follow them.</summary>
public sealed class TopicSubscriptionSet(ITopicBus bus, ITopicListener listener)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<IAsyncDisposable>> _open = new(StringComparer.Ordinal);

    /// <summary>The subscribed topics.</summary>
    public IReadOnlyCollection<string> Topics
    {
        get
        {
            lock (_lock)
            {
                return [.. _open.Keys];
            }
        }
    }

    /// <summary>Whether the topic is subscribed, or about to be.</summary>
    public bool IsOpen(string topic)
    {
        lock (_lock)
        {
            return _open.ContainsKey(topic);
        }
    }

    /// <summary>From completion on the listener receives everything that happens to the topic. Costs nothing when it is subscribed already.</summary>
    public async ValueTask OpenAsync(string topic, CancellationToken cancellationToken)
    {
        Task<IAsyncDisposable>? subscribing;
        lock (_lock)
        {
            if (!_open.TryGetValue(topic, out subscribing) || subscribing is { IsCompleted: true, IsCompletedSuccessfully: false })
            {
                _open[topic] = subscribing = bus.SubscribeAsync(topic, listener, CancellationToken.None).AsTask();
            }
        }

        await subscribing.WaitAsync(cancellationToken);
    }

    /// <summary>Unsubscribes from the topic.</summary>
    public async ValueTask CloseAsync(string topic)
    {
        Task<IAsyncDisposable>? subscribing;
        lock (_lock)
        {
            if (!_open.Remove(topic, out subscribing))
            {
                return;
            }
        }

        await ((Task)subscribing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (subscribing.IsCompletedSuccessfully)
        {
            await (await subscribing).DisposeAsync();
        }
    }
}
