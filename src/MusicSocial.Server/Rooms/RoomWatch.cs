using System.Collections.Concurrent;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// Knows the newest state this node has heard of for every room it hears, whichever node made it, and tells every <see cref="IRoomWatcher"/>
/// and the schedule what became of it, in the order of revisions.
/// </summary>
internal sealed class RoomWatch(IEnumerable<IRoomWatcher> watchers, RoomSeats seats, RoomEars ears, RoomSchedule schedule)
{
    private readonly IRoomWatcher[] _watchers = [.. watchers];
    private readonly ConcurrentDictionary<string, LiveRoom> _known = new();

    // What a room became and its announcement are one step.
    private readonly Lock[] _stripes = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];

    /// <summary>A room was read or changed here; what is older than known changes nothing.</summary>
    public void Note(LiveRoom live)
    {
        if (!ears.IsOpen(live.Id))
            return;
        lock (StripeOf(live.Id))
            Learn(live);
    }

    public void Arrived(LiveRoom live, string userId)
    {
        lock (StripeOf(live.Id))
        {
            Learn(live);
            foreach (var watcher in _watchers)
                watcher.Arrived(live.Id, userId, _known[live.Id].Room.Timeline);
        }
    }

    public void Left(string roomId, string userId)
    {
        lock (StripeOf(roomId))
        {
            foreach (var watcher in _watchers)
                watcher.Left(roomId, userId);
        }
    }

    /// <summary>Appoints the end of the room's track again: it was taken from the schedule, but nothing came of it.</summary>
    public void Reschedule(LiveRoom live)
    {
        if (ears.IsOpen(live.Id))
            schedule.Set(live.Id, live.Room.Timeline.EndsAt);
    }

    /// <summary>Whatever is read next is news: the live state was lost, and its revisions may have been given twice.</summary>
    public void Doubt(string roomId) => _known.TryRemove(roomId, out _);

    /// <summary>The room is not heard any more.</summary>
    public void Forget(string roomId)
    {
        _known.TryRemove(roomId, out _);
        schedule.Set(roomId, null);
    }

    private void Learn(LiveRoom live)
    {
        var known = _known.GetValueOrDefault(live.Id);
        if (known is not null && known.Revision >= live.Revision)
            return;
        _known[live.Id] = live;
        var timeline = live.Room.Timeline;
        schedule.Set(live.Id, timeline.EndsAt);
        if (known?.Room.Timeline == timeline || _watchers.Length == 0)
            return;
        var present = seats.People(live.Id);
        foreach (var watcher in _watchers)
            watcher.TimelineChanged(live.Id, timeline, present);
    }

    private Lock StripeOf(string roomId) => _stripes[(uint)roomId.GetHashCode(StringComparison.Ordinal) % _stripes.Length];
}
