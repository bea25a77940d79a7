using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>Tells every <see cref="IRoomWatcher"/>.</summary>
internal sealed class RoomWatch(IEnumerable<IRoomWatcher> watchers, RoomSeats seats)
{
    private readonly IRoomWatcher[] _watchers = [.. watchers];

    public void Arrived(string roomId, string userId, Timeline timeline)
    {
        foreach (var watcher in _watchers)
            watcher.Arrived(roomId, userId, timeline);
    }

    public void Left(string roomId, string userId)
    {
        foreach (var watcher in _watchers)
            watcher.Left(roomId, userId);
    }

    public void TimelineChanged(string roomId, Timeline timeline)
    {
        if (_watchers.Length == 0)
            return;
        var present = seats.People(roomId);
        foreach (var watcher in _watchers)
            watcher.TimelineChanged(roomId, timeline, present);
    }
}
