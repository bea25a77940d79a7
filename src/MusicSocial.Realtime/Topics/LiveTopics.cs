using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Topics;

/// <summary>The topics followed on this node: one subscription each however many follow, kept for a while after the last one left.</summary>
internal sealed class LiveTopics(
    ITopicBus bus, ITopicLog log, TimeProvider time, IOptions<RealtimeOptions> options, RealtimeMetrics metrics,
    ILogger<LiveTopic> logger) : IPeriodicTask
{
    private static readonly ParallelOptions ClosingTogether = new() { MaxDegreeOfParallelism = 64 };

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    public LiveTopic[] ToArray()
    {
        lock (_lock)
        {
            return [.. _entries.Values.Select(entry => entry.Live)];
        }
    }

    public LiveTopic? Find(string topic)
    {
        lock (_lock)
        {
            return _entries.GetValueOrDefault(topic)?.Live;
        }
    }

    /// <summary>Holds the topic, subscribed and ready, until <see cref="Release"/>.</summary>
    public async Task<LiveTopic> HoldAsync(string topic, ITopicKind kind, CancellationToken cancellationToken)
    {
        Entry entry;
        lock (_lock)
        {
            entry = _entries.GetValueOrDefault(topic) is { HasFailed: false } running ? running : Start(topic, kind);
            entry.Holds++;
        }

        try
        {
            await entry.Started.WaitAsync(cancellationToken);
            return entry.Live;
        }
        catch
        {
            Release(entry.Live);
            throw;
        }
    }

    public void Release(LiveTopic live)
    {
        lock (_lock)
        {
            // An entry whose start failed may have been replaced; its holds count for nothing.
            if (_entries.TryGetValue(live.Name, out var entry) && entry.Live == live && --entry.Holds == 0)
            {
                entry.IdleSince = time.GetTimestamp();
            }
        }
    }

    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        await ToArray().VisitAsync(static live => live.Backfill.RemoveExpired());
        // Side by side: unsubscribing waits for Redis when that does not answer.
        await Parallel.ForEachAsync(TakeIdle(), ClosingTogether, async (live, _) =>
        {
            metrics.TopicClosed();
            await live.DisposeAsync();
        });
    }

    // Under the lock. A failed entry is replaced; its topic has given its subscription up itself.
    private Entry Start(string topic, ITopicKind kind)
    {
        var live = new LiveTopic(topic, kind, log, options.Value, time, metrics, logger);
        if (!_entries.ContainsKey(topic))
            metrics.TopicOpened();
        return _entries[topic] = new(live, live.StartAsync(bus, log));
    }

    private List<LiveTopic> TakeIdle()
    {
        List<LiveTopic> idle = [];
        lock (_lock)
        {
            foreach (var (topic, entry) in _entries)
            {
                if (entry.Holds == 0 && time.GetElapsedTime(entry.IdleSince) >= options.Value.Linger)
                {
                    _entries.Remove(topic);
                    idle.Add(entry.Live);
                }
            }
        }

        return idle;
    }

    private sealed class Entry(LiveTopic live, Task started)
    {
        public LiveTopic Live { get; } = live;

        public Task Started { get; } = started;

        public bool HasFailed => Started is { IsCompleted: true, IsCompletedSuccessfully: false };

        public int Holds { get; set; }

        public long IdleSince { get; set; }
    }
}
