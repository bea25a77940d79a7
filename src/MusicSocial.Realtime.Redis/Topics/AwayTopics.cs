using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Redis.Topics;

/// <summary>
/// Topics this node goes on with by itself while Redis is away, each under an epoch of its own that no other node knows. What is appended
/// here is kept, in order, until Redis has it.
/// </summary>
internal sealed partial class AwayTopics(
    RedisTopicBus bus, TopicStore store, IHubClock clock, IOptions<RealtimeOptions> options, RealtimeMetrics metrics, ILogger<AwayTopics> logger)
{
    /// <summary>Events one node keeps for Redis' return; past them appending is refused.</summary>
    internal const int MostUnsent = 10_000;

    internal const int MostPerBatch = 100;

    private readonly ConcurrentDictionary<string, AwayTopic> _topics = new(StringComparer.Ordinal);
    private int _unsent;

    /// <summary>How many events wait for Redis.</summary>
    public int Unsent => Volatile.Read(ref _unsent);

    /// <summary>The topics this node goes on with by itself.</summary>
    public ICollection<string> Names => _topics.Keys;

    /// <summary>Whether this node goes on with the topic by itself.</summary>
    public bool Contains(string topic) => _topics.ContainsKey(topic);

    /// <summary>Appends here, for this node's followers now and for everybody later.</summary>
    public (string Epoch, TopicEvent Event) Append(string topic, NewEvent newEvent) =>
        With(topic, away =>
        {
            if (Unsent >= MostUnsent)
                throw new RefusedException(HubRefusals.Unavailable);
            if (away.Retained.TryAppend(newEvent, clock.Now, out var appended))
            {
                away.Unsent.Enqueue(newEvent);
                Interlocked.Increment(ref _unsent);
                metrics.Unsent(1);
                bus.Find(topic)?.OnLocalEvent(away.Retained.Epoch, appended);
            }

            return (away.Retained.Epoch, appended);
        });

    /// <summary>Reads what happened here since Redis went away.</summary>
    public TopicSlice Read(string topic, TopicPosition? since) => With(topic, away => away.Retained.Read(since));

    /// <summary>Gives Redis what happened here, and goes back to its numbering. Stops, to be called again, when Redis goes away again.</summary>
    public async Task ReturnAsync(string topic)
    {
        if (!_topics.TryGetValue(topic, out var away))
            return;
        try
        {
            while (Next(topic, away) is { } batch)
            {
                await store.AppendAsync(topic, batch, CancellationToken.None);
                Sent(away, batch.Length);
            }
        }
        catch (RefusedException)
        {
            return;
        }

        LogReturned(topic);
        await (bus.Find(topic)?.ResumeAsync() ?? Task.CompletedTask);
    }

    /// <summary>The oldest that Redis does not have; null when it has them all, and the topic is this node's own no more.</summary>
    private NewEvent[]? Next(string topic, AwayTopic away)
    {
        lock (away)
        {
            if (away.Unsent.Count > 0)
                return [.. away.Unsent.Take(MostPerBatch)];
            away.IsOver = true;
            _topics.TryRemove(KeyValuePair.Create(topic, away));
            return null;
        }
    }

    private void Sent(AwayTopic away, int count)
    {
        lock (away)
        {
            for (var i = 0; i < count; i++)
                away.Unsent.Dequeue();
        }

        Interlocked.Add(ref _unsent, -count);
        metrics.Unsent(-count);
    }

    private T With<T>(string topic, Func<AwayTopic, T> action)
    {
        while (true)
        {
            var away = _topics.GetOrAdd(topic, static (_, bounds) => new(new(bounds, OfflineEpoch.Prefix)), options.Value);
            lock (away)
            {
                if (away.IsOver)
                    continue;
                // Every time, because somebody may have begun to listen since the last.
                bus.Find(topic)?.GoLocal(away.Retained.Read(since: null).Head);
                return action(away);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Topic {Topic} is in Redis again.")]
    private partial void LogReturned(string topic);

    private sealed class AwayTopic(RetainedTopic retained)
    {
        public RetainedTopic Retained { get; } = retained;

        public Queue<NewEvent> Unsent { get; } = new();

        /// <summary>Set when the topic went back to Redis; whoever still holds it must look again.</summary>
        public bool IsOver { get; set; }
    }
}
