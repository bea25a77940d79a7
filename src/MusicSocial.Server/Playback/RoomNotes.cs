using System.Threading.Channels;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Playback.Cues;
using MusicSocial.Server.Rooms;
using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>
/// Takes note of what happens in rooms, in order, for <see cref="RoomListening"/>; knows nobody who knows rooms, so that rooms may know it.
/// </summary>
internal sealed class RoomNotes(CueSubscriptions cues, IHubClock clock) : IRoomObserver
{
    private readonly Lock _lock = new();
    private readonly Channel<RoomNote> _notes = Channel.CreateUnbounded<RoomNote>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>People who are followed on this node, by the rooms they are in, and the other way round.</summary>
    private readonly Dictionary<string, HashSet<string>> _followed = [];
    private readonly Dictionary<string, string[]> _rooms = [];

    private HubTime _last;

    public ChannelReader<RoomNote> Reader => _notes.Reader;

    public void MemberArrived(string roomId, string userId, Timeline timeline) => Take(roomId, timeline, [userId], isArrival: true);

    public void MemberLeft(string roomId, string userId) => Take(roomId, timeline: null, [userId], isArrival: false);

    public void TimelineChanged(string roomId, Timeline timeline, IReadOnlyCollection<string> present) =>
        Take(roomId, timeline, present, isArrival: false);

    public bool Needs(string roomId)
    {
        lock (_lock)
        {
            if (_followed.ContainsKey(roomId))
                return true;
        }

        return cues.Find(LiveRoom.TopicOf(roomId)) is not null;
    }

    /// <summary>Somebody who is followed here is in these rooms, and in no others; those that are new.</summary>
    public IReadOnlyList<string> Follow(string userId, IEnumerable<string> roomIds)
    {
        lock (_lock)
        {
            var before = _rooms.GetValueOrDefault(userId, []);
            string[] after = [.. roomIds];
            foreach (var roomId in before.Except(after))
            {
                if (_followed[roomId].Remove(userId) && _followed[roomId].Count == 0)
                    _followed.Remove(roomId);
            }

            foreach (var roomId in after)
                (_followed.TryGetValue(roomId, out var people) ? people : _followed[roomId] = []).Add(userId);
            if (after.Length > 0)
                _rooms[userId] = after;
            else
                _rooms.Remove(userId);
            return [.. after.Except(before)];
        }
    }

    private void Take(string roomId, Timeline? timeline, IReadOnlyCollection<string> people, bool isArrival)
    {
        lock (_lock)
        {
            // Two notes never bear the same time: sightings are ordered by it, and the order of notes is the truth.
            _last = HubTime.Max(clock.Now, new HubTime(_last.Ticks + 1));
            if (!isArrival && timeline is not null && _followed.TryGetValue(roomId, out var followed))
                people = [.. people.Union(followed)];
            _notes.Writer.TryWrite(new RoomNote(roomId, timeline, people, _last, isArrival));
        }
    }
}

/// <summary>Something that happened in a room.</summary>
/// <param name="Timeline">What these people hear from then on; null when they left.</param>
/// <param name="IsArrival">Whether they came just then.</param>
internal sealed record RoomNote(string RoomId, Timeline? Timeline, IReadOnlyCollection<string> People, HubTime At, bool IsArrival);
