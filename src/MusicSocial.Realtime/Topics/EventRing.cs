using System.Runtime.InteropServices;
using System.Text.Json;
using MusicSocial.Realtime.Wire;

namespace MusicSocial.Realtime.Topics;

/// <summary>The newest events of one epoch of a topic, without holes, bounded in number and bytes. Not thread-safe.</summary>
internal sealed class EventRing(int capacity, int byteCapacity)
{
    private TopicEvent[] _slots = [];
    private int _start;
    private int _count;
    private long _bytes;

    /// <summary>Empty until the first <see cref="Reset"/>.</summary>
    public string Epoch { get; private set; } = "";

    /// <summary>Offset of the newest event.</summary>
    public long Last { get; private set; }

    /// <summary>The oldest offset from which one can continue: that of the event just before the oldest one kept.</summary>
    public long Before => Last - _count;

    public TopicPosition Head => new(Epoch, Last);

    /// <summary>Forgets everything and continues after <paramref name="last"/>.</summary>
    public void Reset(string epoch, long last)
    {
        (Epoch, Last) = (epoch, last);
        (_slots, _start, _count, _bytes) = ([], 0, 0, 0);
    }

    /// <summary>Adds the event numbered <see cref="Last"/> + 1, forgetting the oldest as needed; the newest is always kept.</summary>
    public void Add(TopicEvent topicEvent)
    {
        if (topicEvent.Offset != Last + 1)
        {
            throw new ArgumentException($"Expected offset {Last + 1}, got {topicEvent.Offset}.", nameof(topicEvent));
        }

        var size = SizeOf(topicEvent);
        while (_count > 0 && (_count >= capacity || _bytes + size > byteCapacity))
        {
            DropOldest();
        }

        if (_count == _slots.Length)
        {
            Grow();
        }

        _slots[(_start + _count) % _slots.Length] = topicEvent;
        _count++;
        _bytes += size;
        Last++;
    }

    public bool CanContinueFrom(TopicPosition position) =>
        position.Epoch == Epoch && position.Offset >= Before && position.Offset <= Last;

    /// <summary>The events after <paramref name="after"/> up to <paramref name="to"/>; ends early past <paramref name="byteLimit"/> bytes, but never empty.</summary>
    public TopicEvent[] Slice(long after, long to, int byteLimit = int.MaxValue)
    {
        var skip = (int)(after - Before);
        var take = (int)(to - after);
        long bytes = 0;
        for (var i = 0; i < take; i++)
        {
            bytes += SizeOf(At(skip + i));
            if (bytes > byteLimit)
            {
                take = Math.Max(1, i);
            }
        }

        var slice = new TopicEvent[take];
        for (var i = 0; i < take; i++)
        {
            slice[i] = At(skip + i);
        }

        return slice;
    }

    private TopicEvent At(int index) => _slots[(_start + index) % _slots.Length];

    private void DropOldest()
    {
        _bytes -= SizeOf(_slots[_start]);
        _slots[_start] = null!;
        _start = (_start + 1) % _slots.Length;
        _count--;
    }

    private void Grow()
    {
        var larger = new TopicEvent[Math.Min(capacity, Math.Max(8, _slots.Length * 2))];
        for (var i = 0; i < _count; i++)
        {
            larger[i] = At(i);
        }

        (_slots, _start) = (larger, 0);
    }

    private static int SizeOf(TopicEvent topicEvent) =>
        topicEvent.Data.ValueKind == JsonValueKind.Undefined
            ? topicEvent.Type.Length
            : topicEvent.Type.Length + JsonMarshal.GetRawUtf8Value(topicEvent.Data).Length;
}
