using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// Observes, on this node, who joins and leaves rooms and what their music does, whichever node changed it. Registered in the service collection;
/// calls come in order per room and must only enqueue.
/// </summary>
internal interface IRoomObserver
{
    /// <summary>A member joined through this node, or came back, and hears this.</summary>
    void MemberArrived(string roomId, string userId, Timeline timeline);

    /// <summary>A member left for good: by choice, removed, or gone longer than the grace.</summary>
    void MemberLeft(string roomId, string userId);

    /// <summary>The music runs along another line for these members, who are on this node.</summary>
    void TimelineChanged(string roomId, Timeline timeline, IReadOnlyCollection<string> members);

    /// <summary>Whether this observer needs a room that has neither a member nor a spectator on this node.</summary>
    bool Needs(string roomId);
}

/// <summary>Passes what happens in the followed rooms on to every <see cref="IRoomObserver"/>.</summary>
internal sealed class RoomObservers
{
    private readonly IRoomObserver[] _observers;
    private readonly RoomConnections _connections;
    private readonly RoomRepository _rooms;
    private readonly RoomTimer _timer;

    // What a room plays and the arrival that is told with it are one step.
    private readonly Lock[] _stripes = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];

    public RoomObservers(IEnumerable<IRoomObserver> observers, RoomConnections connections, RoomRepository rooms, RoomTimer timer)
    {
        (_observers, _connections, _rooms, _timer) = ([.. observers], connections, rooms, timer);
        rooms.Observe(Changed);
    }

    /// <summary>Whether something on this node needs to follow a room.</summary>
    public bool IsNeeded(string roomId) => _connections.HasAny(roomId) || _observers.Any(observer => observer.Needs(roomId));

    /// <summary>Stops following a room that nothing on this node needs; false when something does.</summary>
    public async Task<bool> TryUnfollowAsync(string roomId)
    {
        if (IsNeeded(roomId))
            return false;
        await _rooms.UnfollowAsync(roomId);
        if (!IsNeeded(roomId))
        {
            _timer.Schedule(roomId, null);
            return true;
        }

        // A member came at this very moment and may have found the room followed still.
        await _rooms.FollowAsync(roomId, CancellationToken.None);
        await _rooms.FindAnyAsync(roomId, CancellationToken.None);
        return false;
    }

    /// <summary>A member joined; <paramref name="live"/> is the room with them.</summary>
    public void Arrived(LiveRoom live, string userId)
    {
        lock (StripeOf(live.Id))
        {
            // The newest line this node knows of: an older one must not be told after it.
            var latest = _rooms.Latest(live.Id) is { } known && known.Revision > live.Revision ? known : live;
            foreach (var observer in _observers)
                observer.MemberArrived(live.Id, userId, latest.Room.Timeline);
        }
    }

    public void Left(string roomId, string userId)
    {
        lock (StripeOf(roomId))
        {
            foreach (var observer in _observers)
                observer.MemberLeft(roomId, userId);
        }
    }

    private void Changed(LiveRoom? before, LiveRoom live)
    {
        var timeline = live.Room.Timeline;
        _timer.Schedule(live.Id, timeline.EndsAt);
        if (before?.Room.Timeline == timeline || _observers.Length == 0)
            return;
        lock (StripeOf(live.Id))
        {
            var members = _connections.Members(live.Id);
            foreach (var observer in _observers)
                observer.TimelineChanged(live.Id, timeline, members);
        }
    }

    private Lock StripeOf(string roomId) => _stripes[(uint)roomId.GetHashCode(StringComparison.Ordinal) % _stripes.Length];
}
