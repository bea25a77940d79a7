using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Redis.Connection;

namespace MusicSocial.Realtime.Redis.Topics;

/// <summary>Joins the nodes: one subscription for each topic followed here, however many listen.</summary>
internal sealed class RedisTopicBus(
    RedisConnection connection, TopicStore store, TimeProvider time, RealtimeMetrics metrics, ILogger<RedisTopicBus> logger) : ITopicBus
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Subscription> _subscriptions = new(StringComparer.Ordinal);

    /// <summary>The topics listened to on this node.</summary>
    public OrderedDelivery[] Deliveries
    {
        get
        {
            lock (_lock)
                return [.. _subscriptions.Values.Select(subscription => subscription.Delivery)];
        }
    }

    public async ValueTask<IAsyncDisposable> SubscribeAsync(string topic, ITopicListener listener, CancellationToken cancellationToken)
    {
        Subscription? subscription;
        lock (_lock)
        {
            if (!_subscriptions.TryGetValue(topic, out subscription))
                _subscriptions.Add(topic, subscription = new(new(topic, store, time, metrics, logger)));
            subscription.Delivery.Add(listener);
        }

        try
        {
            await ApplyAsync(subscription);
        }
        catch
        {
            subscription.Delivery.Remove(listener);
            RemoveIfUnused(subscription);
            throw;
        }

        return new Listening(this, subscription, listener);
    }

    public async ValueTask SignalAsync(string topic, TopicSignal signal, CancellationToken cancellationToken)
    {
        try
        {
            await connection.PublishAsync(store.ChannelOf(topic), TopicText.Doorbell(signal), cancellationToken);
        }
        catch (RefusedException)
        {
            // The others miss it, which a signal may; this node need not.
            Find(topic)?.OnSignal(signal);
        }
    }

    /// <summary>The delivery of a topic listened to here.</summary>
    public OrderedDelivery? Find(string topic)
    {
        lock (_lock)
            return _subscriptions.GetValueOrDefault(topic)?.Delivery;
    }

    // Subscribing and unsubscribing take turns: the library may not mix them up.
    private async Task ApplyAsync(Subscription subscription)
    {
        await subscription.Turn.WaitAsync();
        try
        {
            if (subscription.Delivery.HasListeners && !subscription.IsTaken)
            {
                await connection.ListenAsync(store.ChannelOf(subscription.Delivery.Topic), subscription.Delivery.OnBell, CancellationToken.None);
                subscription.IsTaken = true;
                await subscription.Delivery.BeginAsync();
            }
            else if (!subscription.Delivery.HasListeners && subscription.IsTaken)
            {
                await connection.UnlistenAsync(store.ChannelOf(subscription.Delivery.Topic));
                subscription.IsTaken = false;
            }
        }
        finally
        {
            subscription.Turn.Release();
        }

        RemoveIfUnused(subscription);
    }

    private void RemoveIfUnused(Subscription subscription)
    {
        lock (_lock)
        {
            var topic = subscription.Delivery.Topic;
            if (!subscription.Delivery.HasListeners && !subscription.IsTaken && _subscriptions.GetValueOrDefault(topic) == subscription)
                _subscriptions.Remove(topic);
        }
    }

    private sealed class Subscription(OrderedDelivery delivery)
    {
        public OrderedDelivery Delivery { get; } = delivery;

        public SemaphoreSlim Turn { get; } = new(1);

        public bool IsTaken { get; set; }
    }

    private sealed class Listening(RedisTopicBus bus, Subscription subscription, ITopicListener listener) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            subscription.Delivery.Remove(listener);
            await bus.ApplyAsync(subscription);
        }
    }
}
