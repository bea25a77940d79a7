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
internal sealed partial class OfflineTopics(
    RedisTopicBus bus, TopicStore store, IHubClock clock, IOptions<RealtimeOptions> options, TimeProvider time, RealtimeMetrics metrics,
    ILogger<OfflineTopics> logger)
{
    /// <summary>Events one node keeps for Redis' return; past them appending is refused.</summary>
    internal const int MostUnsent = 10_000;

    internal const int MostPerBatch = 100;

    private readonly ConcurrentDictionary<string, OfflineTopic> _topics = new(StringComparer.Ordinal);
    private int _unsent;

    /// <summary>How many events wait for Redis.</summary>
    public int Unsent => Volatile.Read(ref _unsent);

    /// <summary>The topics this node goes on with by itself.</summary>
    public ICollection<string> Names => _topics.Keys;

    /// <summary>Whether this node goes on with the topic by itself.</summary>
    public bool Contains(string topic) => _topics.ContainsKey(topic);

    /// <summary>Appends here, for this node's followers now and for those of all nodes later.</summary>
    public (string Epoch, TopicEvent Event) Append(string topic, NewEvent newEvent) =>
        With(topic, away =>
        {
            if (Unsent >= MostUnsent)
                throw new RefusedException(HubRefusals.Unavailable);
            if (away.Retained.TryAppend(newEvent, clock.Now, out var appended))
            {
                away.Unsent.Enqueue((newEvent, time.GetTimestamp()));
                Interlocked.Increment(ref _unsent);
                metrics.Unsent(1);
                bus.Find(topic)?.OnLocalEvent(away.Retained.Epoch, appended);
            }

            return (away.Retained.Epoch, appended);
        });

    /// <summary>The event is also stored where every node finds it.</summary>
    public void MarkStored(string topic, NewEvent newEvent)
    {
        if (!_topics.TryGetValue(topic, out var away))
            return;
        lock (away)
            away.Stored.Add(newEvent.IdempotencyKey!);
    }

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
        catch (Exception exception)
        {
            LogNotReturned(exception, topic);
            return;
        }

        LogReturned(topic);
        await (bus.Find(topic)?.ResumeAsync() ?? Task.CompletedTask);
    }

    /// <summary>The oldest that Redis does not have; null when it has them all, and the topic is this node's own no more.</summary>
    private NewEvent[]? Next(string topic, OfflineTopic away)
    {
        lock (away)
        {
            LeaveOldToOthers(away);
            if (away.Unsent.Count > 0)
                return [.. away.Unsent.Take(MostPerBatch).Select(unsent => unsent.Event)];
            away.IsOver = true;
            _topics.TryRemove(KeyValuePair.Create(topic, away));
            return null;
        }
    }

    /// <summary>
    /// A stored event was sent by another node long ago, or is sent from the store in a moment. Redis forgets keys after a while: to send an old one
    /// again would show it twice.
    /// </summary>
    private void LeaveOldToOthers(OfflineTopic away)
    {
        while (away.Unsent.TryPeek(out var oldest)
            && time.GetElapsedTime(oldest.Since) > options.Value.IdempotencyWindow / 2
            && away.Stored.Contains(oldest.Event.IdempotencyKey!))
        {
            Sent(away, 1);
        }
    }

    private void Sent(OfflineTopic away, int count)
    {
        lock (away)
        {
            for (var i = 0; i < count; i++)
                away.Stored.Remove(away.Unsent.Dequeue().Event.IdempotencyKey!);
        }

        Interlocked.Add(ref _unsent, -count);
        metrics.Unsent(-count);
    }

    private T With<T>(string topic, Func<OfflineTopic, T> action)
    {
        while (true)
        {
            var away = _topics.GetOrAdd(topic, static (_, bounds) => new(new(bounds, OfflineEpoch.Prefix)), options.Value);
            lock (away)
            {
                if (away.IsOver)
                    continue;
                // Every time, because a listener may have been added since the last.
                bus.Find(topic)?.GoLocal(away.Retained.Read(since: null).Head);
                return action(away);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Topic {Topic} is in Redis again.")]
    private partial void LogReturned(string topic);

    [LoggerMessage(Level = LogLevel.Error, Message = "Redis refuses events of topic {Topic}; it stays on this node's own numbering. Trying again in a second.")]
    private partial void LogNotReturned(Exception exception, string topic);

    private sealed class OfflineTopic(RetainedTopic retained)
    {
        public RetainedTopic Retained { get; } = retained;

        public Queue<(NewEvent Event, long Since)> Unsent { get; } = new();

        /// <summary>Keys of unsent events that the database has, too.</summary>
        public HashSet<string> Stored { get; } = new(StringComparer.Ordinal);

        /// <summary>Set when the topic went back to Redis; callers that still hold it must look again.</summary>
        public bool IsOver { get; set; }
    }
}
