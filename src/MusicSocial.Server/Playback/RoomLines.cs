using System.Collections.Concurrent;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Rooms;
using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>
/// What rooms play for those who are in them. A person's document says only that they are in a room: what they hear there is the room's line,
/// so a skip in a room of ten thousand changes no document.
/// </summary>
internal sealed class RoomLines(RoomRepository rooms, RoomConnections connections, IPresence presence, Tracks tracks)
{
    /// <summary>The lines of the rooms this node hears.</summary>
    private readonly ConcurrentDictionary<string, Sighting> _heard = new();

    /// <summary>A room is a device of everybody in it, under the name of its topic.</summary>
    public static string DeviceOf(string roomId) => LiveRoom.TopicOf(roomId);

    /// <summary>The room plays this from then on.</summary>
    public async Task<Sighting> KeepAsync(string roomId, Timeline timeline, HubTime at, CancellationToken cancellationToken) =>
        _heard[roomId] = await DescribeAsync(roomId, timeline, at, cancellationToken);

    /// <summary>The person with what the rooms they are in play now, and without those they are not in any more.</summary>
    public async ValueTask<PersonPlayback> BringUpAsync(string userId, PersonPlayback person, CancellationToken cancellationToken)
    {
        foreach (var roomId in RoomsOf(person))
        {
            var isThere = connections.Has(roomId, userId) || await presence.IsPresentAsync(LiveRoom.TopicOf(roomId), userId, cancellationToken);
            var line = isThere ? await FindAsync(roomId, cancellationToken) : null;
            person = line is null ? person.Without(DeviceOf(roomId)) : person.WithRoom(line);
        }

        return person;
    }

    /// <summary>The rooms among a person's devices.</summary>
    public static IEnumerable<string> RoomsOf(PersonPlayback person) =>
        person.Devices.Where(history => history.Device.IsRoom).Select(history => history.Device.Latest.RoomId!);

    /// <summary>Drops the lines of rooms that are not heard any more.</summary>
    public void Clear()
    {
        foreach (var roomId in _heard.Keys.Where(roomId => !rooms.IsFollowed(roomId)))
            _heard.TryRemove(roomId, out _);
    }

    private async ValueTask<Sighting?> FindAsync(string roomId, CancellationToken cancellationToken)
    {
        if (_heard.TryGetValue(roomId, out var line) && rooms.IsFollowed(roomId))
            return line;
        return await rooms.FindAsync(roomId, cancellationToken) is { } live
            ? await DescribeAsync(roomId, live.Room.Timeline, live.Room.Timeline.AnchoredAt, cancellationToken)
            : null;
    }

    private async Task<Sighting> DescribeAsync(string roomId, Timeline timeline, HubTime at, CancellationToken cancellationToken)
    {
        var track = timeline.TrackId is { } id ? (await tracks.GetAsync([id], cancellationToken)).GetValueOrDefault(id) : null;
        var device = DeviceOf(roomId);
        return track is null
            ? new Sighting(device, PlaybackSource.Room, Track: null, PlaybackState.Stopped, Timeline.Empty, at, IsExact: true, roomId)
            : new Sighting(
                device, PlaybackSource.Room, HeardTrack.Of(track), timeline.IsPlaying ? PlaybackState.Playing : PlaybackState.Paused, timeline,
                at, IsExact: true, roomId);
    }
}
