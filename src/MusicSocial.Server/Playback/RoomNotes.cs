using System.Threading.Channels;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Rooms;
using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>Takes note of what happens in rooms, in order, for <see cref="RoomListening"/>; knows nobody who knows rooms, so that rooms may know it.</summary>
internal sealed class RoomNotes(CuePump pump, IHubClock clock) : IRoomWatcher
{
    private readonly Lock _lock = new();
    private readonly Channel<RoomNote> _notes = Channel.CreateUnbounded<RoomNote>(new UnboundedChannelOptions { SingleReader = true });

    private HubTime _last;

    public ChannelReader<RoomNote> Reader => _notes.Reader;

    public void Arrived(string roomId, string userId, Timeline timeline) => Take(roomId, timeline, [userId]);

    public void Left(string roomId, string userId) => Take(roomId, timeline: null, [userId]);

    public void TimelineChanged(string roomId, Timeline timeline, IReadOnlyCollection<string> present) => Take(roomId, timeline, present);

    public bool Needs(string roomId) => pump.IsFollowed(LiveRoom.TopicOf(roomId));

    private void Take(string roomId, Timeline? timeline, IReadOnlyCollection<string> people)
    {
        lock (_lock)
        {
            // Two notes never bear the same time: sightings are ordered by it, and the order of notes is the truth.
            _last = HubTime.Max(clock.Now, new HubTime(_last.Ticks + 1));
            _notes.Writer.TryWrite(new RoomNote(roomId, timeline, people, _last));
        }
    }
}

/// <summary>Something that happened in a room.</summary>
/// <param name="Timeline">What these people hear from then on; null when they left.</param>
internal sealed record RoomNote(string RoomId, Timeline? Timeline, IReadOnlyCollection<string> People, HubTime At);
