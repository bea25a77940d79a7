using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;

namespace MusicSocial.Realtime.Cluster;

/// <summary>The log of a hub that is one process. A restart or a long idle time starts a new epoch.</summary>
internal sealed class InProcessTopicLog(InProcessTopicBus bus, IHubClock clock, IOptions<RealtimeOptions> options) : ITopicLog, IPeriodicTask
{
    private readonly ConcurrentDictionary<string, RetainedTopic> _topics = new(StringComparer.Ordinal);

    /// <summary>How many topics are kept.</summary>
    internal int Count => _topics.Count;

    public ValueTask<(string Epoch, TopicEvent Event)> AppendAsync(string topic, NewEvent newEvent, CancellationToken cancellationToken) =>
        new(Append(topic, newEvent));

    public ValueTask<TopicSlice> ReadAsync(string topic, TopicPosition? since, CancellationToken cancellationToken) =>
        new(With(topic, since, static (retained, since) => retained.Read(since)));

    public ValueTask RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now;
        foreach (var (topic, retained) in _topics)
        {
            lock (retained)
            {
                retained.ForgetKeys(now);
                if (now - retained.LastUsed > options.Value.IdleTopicLifetime && !bus.HasListeners(topic))
                {
                    retained.Forgotten = true;
                    _topics.TryRemove(KeyValuePair.Create(topic, retained));
                }
            }
        }

        return default;
    }

    internal (string Epoch, TopicEvent Event) Append(string topic, NewEvent newEvent) =>
        With(topic, (Bus: bus, Topic: topic, Event: newEvent), static (retained, append) =>
        {
            if (retained.TryAppend(append.Event, retained.LastUsed, out var appended))
            {
                append.Bus.Publish(append.Topic, retained.Epoch, appended);
            }

            return (retained.Epoch, appended);
        });

    /// <summary>Position of the newest event; null when the topic is not kept. Does not count as use.</summary>
    internal TopicPosition? HeadOf(string topic)
    {
        if (!_topics.TryGetValue(topic, out var retained))
        {
            return null;
        }

        lock (retained)
        {
            return retained.Forgotten ? null : retained.Read(null).Head;
        }
    }

    private T With<TState, T>(string topic, TState state, Func<RetainedTopic, TState, T> action)
    {
        while (true)
        {
            var retained = _topics.GetOrAdd(topic, static (_, bounds) => new(bounds, epochPrefix: ""), options.Value);
            lock (retained)
            {
                if (!retained.Forgotten)
                {
                    retained.LastUsed = clock.Now;
                    return action(retained, state);
                }
            }
        }
    }
}
