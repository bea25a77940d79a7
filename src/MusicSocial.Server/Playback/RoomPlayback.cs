using System.Collections.Concurrent;
using System.Threading.Channels;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Playback.Cues;
using MusicSocial.Server.Rooms;
using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>What a room's members hear changed.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="Timeline">What these people hear from then on; null when they left.</param>
/// <param name="People">Whom it concerns.</param>
/// <param name="At">When; no two changes have the same time.</param>
/// <param name="IsJoin">Whether these people joined just then.</param>
internal sealed record RoomPlaybackChange(string RoomId, Timeline? Timeline, IReadOnlyCollection<string> People, HubTime At, bool IsJoin);

/// <summary>
/// What rooms play for the people in them. A person's document says only that they are in a room: what they hear there is read from the room's
/// timeline, so a skip in a room of ten thousand changes no document. What happens in rooms is queued, in order, for the <see cref="RoomPlaybackWorker"/>.
/// </summary>
internal sealed class RoomPlayback(
    RoomRepository rooms, RoomConnections connections, IPresence presence, Tracks tracks, CueSubscriptions cues, IHubClock clock) : IRoomObserver
{
    private readonly Lock _lock = new();
    private readonly Channel<RoomPlaybackChange> _changes = Channel.CreateUnbounded<RoomPlaybackChange>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>What the rooms play that this node follows.</summary>
    private readonly ConcurrentDictionary<string, PlaybackObservation> _current = new();

    /// <summary>People who are followed on this node, by the rooms they are in, and the other way round.</summary>
    private readonly Dictionary<string, HashSet<string>> _followedByRoom = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _roomsByFollowed = [];

    private HubTime _last;

    /// <summary>What happened in rooms, in order.</summary>
    public ChannelReader<RoomPlaybackChange> Changes => _changes.Reader;

    /// <summary>A room is a device of everyone in it, under the name of its topic.</summary>
    public static string DeviceOf(string roomId) => TopicNames.Room(roomId);

    public void MemberArrived(string roomId, string userId, Timeline timeline) => Add(roomId, timeline, [userId], isJoin: true);

    public void MemberLeft(string roomId, string userId) => Add(roomId, timeline: null, [userId], isJoin: false);

    public void TimelineChanged(string roomId, Timeline timeline, IReadOnlyCollection<string> members) => Add(roomId, timeline, members, isJoin: false);

    public bool Needs(string roomId)
    {
        lock (_lock)
        {
            if (_followedByRoom.ContainsKey(roomId))
                return true;
        }

        return cues.Find(TopicNames.Room(roomId)) is not null;
    }

    /// <summary>The room plays this from then on.</summary>
    public async Task<PlaybackObservation> UpdateAsync(string roomId, Timeline timeline, HubTime at, CancellationToken cancellationToken) =>
        _current[roomId] = await DescribeAsync(roomId, timeline, at, cancellationToken);

    /// <summary>The person with what their rooms play now, and without the rooms they are not in any more.</summary>
    public async ValueTask<PersonPlayback> ProjectAsync(string userId, PersonPlayback person, CancellationToken cancellationToken)
    {
        foreach (var roomId in person.RoomIds)
        {
            var isThere = connections.Has(roomId, userId) || await presence.IsPresentAsync(TopicNames.Room(roomId), userId, cancellationToken);
            var playing = isThere ? await FindAsync(roomId, cancellationToken) : null;
            person = playing is null ? person.Without(DeviceOf(roomId)) : person.WithRoom(playing);
        }

        return person;
    }

    /// <summary>Whether what a person hears may be known outside: what a room plays that is not open stays in the room, whatever audience the person chose.</summary>
    public async ValueTask<bool> IsShareableAsync(ActivePlayback? active, CancellationToken cancellationToken) =>
        active?.RoomId is not { } roomId
        || (await rooms.FindAsync(roomId, cancellationToken) is { } live && RoomAccess.IsOpen(live.Room));

    /// <summary>Whether the person is in one of their rooms by a connection of this node.</summary>
    public bool IsInRoomHere(string userId, PersonPlayback person) => person.RoomIds.Any(roomId => connections.Has(roomId, userId));

    /// <summary>The person is in these rooms and followed on this node, so this node must know what the rooms play; in no room when they are not followed.</summary>
    public async ValueTask FollowRoomsOfAsync(string userId, IReadOnlyList<string> roomIds, CancellationToken cancellationToken)
    {
        foreach (var roomId in SetRoomsOf(userId, roomIds))
            await rooms.FollowAsync(roomId, cancellationToken);
    }

    /// <summary>Drops what was known of rooms this node does not follow any more.</summary>
    public void RemoveIdle()
    {
        foreach (var roomId in _current.Keys.Where(roomId => !rooms.IsFollowed(roomId)))
            _current.TryRemove(roomId, out _);
    }

    private IReadOnlyList<string> SetRoomsOf(string userId, IReadOnlyList<string> roomIds)
    {
        lock (_lock)
        {
            var before = _roomsByFollowed.GetValueOrDefault(userId, []);
            foreach (var roomId in before.Except(roomIds))
            {
                if (_followedByRoom[roomId].Remove(userId) && _followedByRoom[roomId].Count == 0)
                    _followedByRoom.Remove(roomId);
            }

            foreach (var roomId in roomIds)
                (_followedByRoom.TryGetValue(roomId, out var people) ? people : _followedByRoom[roomId] = []).Add(userId);
            if (roomIds.Count > 0)
                _roomsByFollowed[userId] = roomIds;
            else
                _roomsByFollowed.Remove(userId);
            return [.. roomIds.Except(before)];
        }
    }

    private void Add(string roomId, Timeline? timeline, IReadOnlyCollection<string> people, bool isJoin)
    {
        lock (_lock)
        {
            // Observations are ordered by time, and must be in the order of the changes.
            _last = HubTime.Max(clock.Now, new HubTime(_last.Ticks + 1));
            if (!isJoin && timeline is not null && _followedByRoom.TryGetValue(roomId, out var followed))
                people = [.. people.Union(followed)];
            _changes.Writer.TryWrite(new RoomPlaybackChange(roomId, timeline, people, _last, isJoin));
        }
    }

    private async ValueTask<PlaybackObservation?> FindAsync(string roomId, CancellationToken cancellationToken)
    {
        if (_current.TryGetValue(roomId, out var playing) && rooms.IsFollowed(roomId))
            return playing;
        return await rooms.FindAsync(roomId, cancellationToken) is { } live
            ? await DescribeAsync(roomId, live.Room.Timeline, live.Room.Timeline.AnchoredAt, cancellationToken)
            : null;
    }

    private async Task<PlaybackObservation> DescribeAsync(string roomId, Timeline timeline, HubTime at, CancellationToken cancellationToken)
    {
        var track = timeline.TrackId is { } id ? (await tracks.GetAsync([id], cancellationToken)).GetValueOrDefault(id) : null;
        var device = DeviceOf(roomId);
        return track is null
            ? new PlaybackObservation(device, PlaybackSource.Room, Track: null, PlaybackState.Stopped, Timeline.Empty, at, IsExact: true, roomId)
            : new PlaybackObservation(
                device, PlaybackSource.Room, PlayingTrack.Of(track), timeline.IsPlaying ? PlaybackState.Playing : PlaybackState.Paused, timeline,
                at, IsExact: true, roomId);
    }
}
