using System.Runtime.InteropServices;
using System.Text.Json;

namespace MusicSocial.Realtime.Topics;

/// <summary>The newest events of one epoch of a topic, without holes, bounded in number and bytes. Not thread-safe.</summary>
internal sealed class EventRing(int capacity, int byteCapacity)
{
    private RetainedEvent[] _slots = [];
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
    public void Add(TopicEvent topicEvent, string? authorId = null, bool isSampledOut = false)
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

        _slots[(_start + _count) % _slots.Length] = new(topicEvent, authorId, isSampledOut);
        _count++;
        _bytes += size;
        Last++;
    }

    public bool CanContinueFrom(TopicPosition position) =>
        position.Epoch == Epoch && position.Offset >= Before && position.Offset <= Last;

    /// <summary>Every event after <paramref name="after"/> up to <paramref name="to"/>.</summary>
    public TopicEvent[] Slice(long after, long to)
    {
        var slice = new TopicEvent[to - after];
        for (var i = 0; i < slice.Length; i++)
            slice[i] = At((int)(after - Before) + i).Event;
        return slice;
    }

    /// <summary>
    /// What <paramref name="reader"/> sees of the events after <paramref name="after"/> up to <paramref name="to"/>; null reads as any follower. Ends early past
    /// <paramref name="byteLimit"/> bytes, but never without an event; <paramref name="to"/> says where.
    /// </summary>
    public List<TopicEvent> Sample(long after, ref long to, int byteLimit, Follower? reader)
    {
        List<TopicEvent> shown = [];
        long bytes = 0;
        for (var offset = after + 1; offset <= to; offset++)
        {
            var entry = At((int)(offset - Before - 1));
            if (!entry.IsShownTo(reader))
                continue;
            var shownEvent = entry.IsHiddenFrom(reader) ? entry.Event.Withhold() : entry.Event;
            bytes += SizeOf(shownEvent);
            if (bytes > byteLimit && shown.Count > 0)
            {
                to = offset - 1;
                break;
            }

            shown.Add(shownEvent);
        }

        return shown;
    }

    /// <summary>Users who see more of the events after <paramref name="after"/> up to <paramref name="to"/> than the others; null when there are none.</summary>
    public HashSet<string>? AuthorsSampledOut(long after, long to)
    {
        HashSet<string>? authors = null;
        for (var offset = after + 1; offset <= to; offset++)
        {
            if (At((int)(offset - Before - 1)) is { IsSampledOut: true, AuthorId: { } author })
                (authors ??= new(StringComparer.Ordinal)).Add(author);
        }

        return authors;
    }

    /// <summary>Whether <paramref name="reader"/> is not shown the content of some event after <paramref name="after"/> up to <paramref name="to"/>.</summary>
    public bool HidesFrom(Follower reader, long after, long to)
    {
        if (reader.HiddenAuthors.Count == 0)
            return false;
        for (var offset = after + 1; offset <= to; offset++)
        {
            if (At((int)(offset - Before - 1)).IsHiddenFrom(reader))
                return true;
        }

        return false;
    }

    private RetainedEvent At(int index) => _slots[(_start + index) % _slots.Length];

    private void DropOldest()
    {
        _bytes -= SizeOf(_slots[_start].Event);
        _slots[_start] = default;
        _start = (_start + 1) % _slots.Length;
        _count--;
    }

    private void Grow()
    {
        var larger = new RetainedEvent[Math.Min(capacity, Math.Max(8, _slots.Length * 2))];
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

/// <summary>An event in a ring.</summary>
/// <param name="Event">The event.</param>
/// <param name="AuthorId">The user it is of, if any.</param>
/// <param name="IsSampledOut">Whether all but its author see a sample without it.</param>
internal readonly record struct RetainedEvent(TopicEvent Event, string? AuthorId, bool IsSampledOut)
{
    /// <summary>Whether it is in what the reader gets.</summary>
    public bool IsShownTo(Follower? reader) => !IsSampledOut || (AuthorId is not null && AuthorId == reader?.UserId);

    /// <summary>Whether the reader gets it withheld.</summary>
    public bool IsHiddenFrom(Follower? reader) => AuthorId is not null && reader is not null && reader.HiddenAuthors.Contains(AuthorId);
}
