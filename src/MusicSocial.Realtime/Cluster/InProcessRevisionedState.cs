using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;

namespace MusicSocial.Realtime.Cluster;

/// <summary>Live documents of a hub that is one process.</summary>
internal sealed class InProcessRevisionedState(InProcessTopicLog log, IHubClock clock, IOptions<RealtimeOptions> options)
    : IRevisionedState, IPeriodicTask
{
    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    /// <summary>How many documents are kept.</summary>
    internal int Count => _slots.Count;

    public ValueTask<RevisionedDocument?> ReadAsync(string key, CancellationToken cancellationToken) =>
        _slots.ContainsKey(key) ? new(With(key, slot => slot.Document is { } live ? Placed(key, live) : null)) : default;

    public ValueTask<RevisionedDocument?> TryWriteAsync(
        string key, long expectedRevision, ReadOnlyMemory<byte> bytes, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken) =>
        new(With<RevisionedDocument?>(key, slot =>
        {
            if ((slot.Document?.Revision ?? 0) != expectedRevision)
            {
                return null;
            }

            // The caller may reuse its buffer.
            slot.Document = new(expectedRevision + 1, bytes.ToArray());
            foreach (var newEvent in events)
            {
                log.Append(key, newEvent);
            }

            return Placed(key, slot.Document);
        }));

    public ValueTask<RevisionedDocument> SeedAsync(string key, RevisionedDocument stored, CancellationToken cancellationToken) =>
        new(With(key, slot => Placed(key, slot.Document is { } live && live.Revision >= stored.Revision
            ? live
            : slot.Document = stored with { Bytes = stored.Bytes.ToArray() })));

    public ValueTask RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now;
        foreach (var (key, slot) in _slots)
        {
            lock (slot)
            {
                if (slot.Document is null || now - slot.LastUsed > options.Value.IdleStateLifetime)
                {
                    slot.Forgotten = true;
                    _slots.TryRemove(KeyValuePair.Create(key, slot));
                }
            }
        }

        return default;
    }

    // Read while the document is held, so that no event between the two is missed.
    private RevisionedDocument Placed(string key, RevisionedDocument document) => document with { Position = log.HeadOf(key) };

    private T With<T>(string key, Func<Slot, T> action)
    {
        while (true)
        {
            var slot = _slots.GetOrAdd(key, static _ => new());
            lock (slot)
            {
                if (!slot.Forgotten)
                {
                    slot.LastUsed = clock.Now;
                    return action(slot);
                }
            }
        }
    }

    private sealed class Slot
    {
        public RevisionedDocument? Document { get; set; }

        public HubTime LastUsed { get; set; }

        public bool Forgotten { get; set; }
    }
}
