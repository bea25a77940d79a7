using System.Collections.Immutable;
using System.Globalization;

namespace MusicSocial.Sync;

/// <summary>What a room plays, will play and has just played.</summary>
public sealed record PlayQueue
{
    /// <summary>Nothing at all.</summary>
    public static PlayQueue Empty { get; } = new();

    /// <summary>The item the timeline runs through; null when nothing is loaded.</summary>
    public QueueItem? Current { get; init; }

    /// <summary>What comes next, in order.</summary>
    public ImmutableArray<QueueItem> Upcoming { get; init; } = [];

    /// <summary>What played before, newest last; bounded by <see cref="RoomLimits.Played"/>.</summary>
    public ImmutableArray<QueueItem> Played { get; init; } = [];

    /// <summary>Number of the last item id given out.</summary>
    public long LastItem { get; init; }

    /// <summary>Whether there is nothing to play, now or next.</summary>
    public bool IsEmpty => Current is null && Upcoming.IsEmpty;

    /// <summary>The queue with a track at its end.</summary>
    public PlayQueue Add(string trackId, TimeSpan duration, string addedBy) => Insert(Upcoming.Length, trackId, duration, addedBy);

    /// <summary>The queue with a track at a place among the upcoming.</summary>
    public PlayQueue Insert(int index, string trackId, TimeSpan duration, string addedBy)
    {
        var number = LastItem + 1;
        return this with { LastItem = number, Upcoming = Upcoming.Insert(index, new(IdOf(number), trackId, duration, addedBy)) };
    }

    /// <summary>The queue with the items of a track as long as the track is; the same object when they are already.</summary>
    public PlayQueue WithLength(string trackId, TimeSpan duration)
    {
        if (!Played.Append(Current).Concat(Upcoming).Any(item => item is not null && IsOtherLength(item)))
        {
            return this;
        }

        return this with
        {
            Current = Current is { } current ? Corrected(current) : null,
            Upcoming = [.. Upcoming.Select(Corrected)],
            Played = [.. Played.Select(Corrected)],
        };

        bool IsOtherLength(QueueItem item) => item.TrackId == trackId && item.Duration != duration;
        QueueItem Corrected(QueueItem item) => IsOtherLength(item) ? item with { Duration = duration } : item;
    }

    /// <summary>Position of an upcoming item, or -1.</summary>
    public int IndexOf(string itemId)
    {
        for (var index = 0; index < Upcoming.Length; index++)
        {
            if (Upcoming[index].ItemId == itemId)
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>The queue with the upcoming item at <paramref name="from"/> moved so that it stands at <paramref name="to"/>.</summary>
    public PlayQueue Move(int from, int to) => this with { Upcoming = Upcoming.RemoveAt(from).Insert(to, Upcoming[from]) };

    /// <summary>One item on: the current one was played, the first upcoming one (if any) is current.</summary>
    public PlayQueue Next() => this with
    {
        Current = Upcoming.IsEmpty ? null : Upcoming[0],
        Upcoming = Upcoming.IsEmpty ? Upcoming : Upcoming.RemoveAt(0),
        Played = Remember(Current),
    };

    /// <summary>
    /// One item back: the last played one is current again, under a new id, so that a late repetition of the command that once
    /// skipped it finds nothing to skip. Needs something in <see cref="Played"/>.
    /// </summary>
    public PlayQueue Back() => this with
    {
        LastItem = LastItem + 1,
        Current = Played[^1] with { ItemId = IdOf(LastItem + 1) },
        Upcoming = Current is null ? Upcoming : Upcoming.Insert(0, Current),
        Played = Played.RemoveAt(Played.Length - 1),
    };

    private ImmutableArray<QueueItem> Remember(QueueItem? item)
    {
        if (item is null)
        {
            return Played;
        }

        return Played.Length < RoomLimits.Played ? Played.Add(item) : Played.RemoveAt(0).Add(item);
    }

    private static string IdOf(long number) => "q" + number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One place in a room's queue.</summary>
/// <param name="ItemId">Unique in its room for the room's whole life; never given twice, so that a stale command cannot hit another item.</param>
/// <param name="TrackId">What to play.</param>
/// <param name="Duration">Length of the track, more than zero.</param>
/// <param name="AddedBy">User id of the member who added it.</param>
public sealed record QueueItem(string ItemId, string TrackId, TimeSpan Duration, string AddedBy);
