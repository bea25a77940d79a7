using System.Collections.Concurrent;

namespace MusicSocial.Realtime.Cluster;

/// <summary>The bus of a hub that is one process: listeners are called directly.</summary>
internal sealed class InProcessTopicBus : ITopicBus
{
    private readonly ConcurrentDictionary<string, ITopicListener[]> _listeners = new(StringComparer.Ordinal);

    public ValueTask<IAsyncDisposable> SubscribeAsync(string topic, ITopicListener listener, CancellationToken cancellationToken)
    {
        _listeners.AddOrUpdate(topic, _ => [listener], (_, others) => [.. others, listener]);
        return new(new Subscription(this, topic, listener));
    }

    public ValueTask SignalAsync(string topic, TopicSignal signal, CancellationToken cancellationToken)
    {
        foreach (var listener in ListenersOf(topic))
        {
            listener.OnSignal(topic, signal);
        }

        return default;
    }

    /// <summary>Called by the log under the topic's lock, so listeners receive events in order.</summary>
    internal void Publish(string topic, string epoch, TopicEvent topicEvent)
    {
        foreach (var listener in ListenersOf(topic))
        {
            listener.OnEvent(topic, epoch, topicEvent);
        }
    }

    internal bool HasListeners(string topic) => _listeners.ContainsKey(topic);

    private ITopicListener[] ListenersOf(string topic) => _listeners.TryGetValue(topic, out var listeners) ? listeners : [];

    private void Remove(string topic, ITopicListener listener)
    {
        while (_listeners.TryGetValue(topic, out var listeners))
        {
            ITopicListener[] others = [.. listeners.Where(other => !ReferenceEquals(other, listener))];
            var removed = others.Length == 0
                ? _listeners.TryRemove(KeyValuePair.Create(topic, listeners))
                : _listeners.TryUpdate(topic, others, listeners);
            if (removed)
            {
                return;
            }
        }
    }

    private sealed class Subscription(InProcessTopicBus bus, string topic, ITopicListener listener) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            bus.Remove(topic, listener);
            return default;
        }
    }
}
