using System.Security.Cryptography;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Cluster;

/// <summary>What one process keeps of one topic. Every access happens under a lock on the instance.</summary>
internal sealed class RetainedTopic
{
    private readonly EventRing _ring;
    private readonly TimeSpan _idempotencyWindow;
    private readonly Dictionary<string, TopicEvent> _byKey = new(StringComparer.Ordinal);
    private readonly Queue<(HubTime Since, string Key)> _keys = new();

    /// <summary>An empty topic under a new epoch whose name begins with <paramref name="epochPrefix"/>.</summary>
    public RetainedTopic(RealtimeOptions options, string epochPrefix)
    {
        _ring = new(options.RetainedEvents, options.RetainedBytes);
        _ring.Reset(epochPrefix + RandomNumberGenerator.GetHexString(12, lowercase: true), 0);
        _idempotencyWindow = options.IdempotencyWindow;
    }

    public HubTime LastUsed { get; set; }

    /// <summary>Set when the log forgot this topic; a caller that still holds it must look it up again.</summary>
    public bool Forgotten { get; set; }

    public string Epoch => _ring.Epoch;

    /// <summary>Numbers and keeps the event; false with the first event when the key was used before.</summary>
    public bool TryAppend(NewEvent newEvent, HubTime now, out TopicEvent appended)
    {
        ForgetKeys(now);
        if (newEvent.IdempotencyKey is { } key && _byKey.TryGetValue(key, out appended!))
        {
            return false;
        }

        appended = new(_ring.Last + 1, newEvent.Type, now.Ms, newEvent.Data);
        _ring.Add(appended);
        if (newEvent.IdempotencyKey is { } newKey)
        {
            _byKey.Add(newKey, appended);
            _keys.Enqueue((now, newKey));
        }

        return true;
    }

    public TopicSlice Read(TopicPosition? since) =>
        since is not null && _ring.CanContinueFrom(since)
            ? new(_ring.Head, Recovered: true, _ring.Slice(since.Offset, _ring.Last))
            : new(_ring.Head, Recovered: false, []);

    public void ForgetKeys(HubTime now)
    {
        while (_keys.TryPeek(out var oldest) && now - oldest.Since > _idempotencyWindow)
        {
            _keys.Dequeue();
            _byKey.Remove(oldest.Key);
        }
    }
}
