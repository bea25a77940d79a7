using System.Text.Json;
using System.Threading.Channels;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Server.Rooms;

/// <summary>Something happened in a room, here or on another node.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="IsAnew">Whether its numbering restarted, so that what was known of it may never have been.</param>
internal sealed record RoomNews(string RoomId, bool IsAnew);

/// <summary>
/// Hears the rooms this node has to do with: people sit in them here, read along, or follow what they play. What is heard waits, once per room,
/// to be looked at.
/// </summary>
internal sealed class RoomEars : ITopicListener
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, bool> _waiting = [];
    private readonly Dictionary<string, string> _epochs = [];
    private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();
    private readonly RoomSeats _seats;
    private readonly RoomReaders _readers;
    private readonly ListenerCounts _counts;
    private readonly IRoomWatcher[] _watchers;
    private readonly TopicSubscriptionSet _ears;

    public RoomEars(ITopicBus bus, RoomSeats seats, RoomReaders readers, ListenerCounts counts, IEnumerable<IRoomWatcher> watchers)
    {
        (_seats, _readers, _counts, _watchers) = (seats, readers, counts, [.. watchers]);
        _ears = new TopicSubscriptionSet(bus, this);
    }

    /// <summary>The rooms heard.</summary>
    public IEnumerable<string> Rooms => _ears.Topics.Select(IdOf);

    public bool IsOpen(string roomId) => _ears.IsOpen(LiveRoom.TopicOf(roomId));

    /// <summary>When it returns, everything that happens in the room from now on is heard. Take the seat first.</summary>
    public ValueTask OpenAsync(string roomId, CancellationToken cancellationToken) =>
        _ears.OpenAsync(LiveRoom.TopicOf(roomId), cancellationToken);

    /// <summary>Stops hearing a room nobody here needs to hear; false when somebody does.</summary>
    public async Task<bool> TryCloseAsync(string roomId)
    {
        if (IsNeeded(roomId))
            return false;
        await _ears.CloseAsync(LiveRoom.TopicOf(roomId));
        lock (_lock)
            _epochs.Remove(roomId);
        _counts.Forget(roomId);
        if (!IsNeeded(roomId))
            return true;
        // Somebody came at this very moment and found the ears open still.
        await OpenAsync(roomId, CancellationToken.None);
        Enqueue(roomId, isAnew: true);
        return false;
    }

    /// <summary>Waits for a room about which something was heard.</summary>
    public async IAsyncEnumerable<RoomNews> HeardAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var roomId in _heard.Reader.ReadAllAsync(cancellationToken))
        {
            bool isAnew;
            lock (_lock)
                _waiting.Remove(roomId, out isAnew);
            yield return new RoomNews(roomId, isAnew);
        }
    }

    public void OnEvent(string topic, string epoch, TopicEvent topicEvent)
    {
        var roomId = IdOf(topic);
        bool isAnew;
        lock (_lock)
        {
            isAnew = _epochs.TryGetValue(roomId, out var known) && known != epoch;
            _epochs[roomId] = epoch;
        }

        if (isAnew || topicEvent.Type != RoomMessages.Chat)
            Enqueue(roomId, isAnew);
    }

    public void OnReset(string topic, TopicPosition head)
    {
        var roomId = IdOf(topic);
        lock (_lock)
            _epochs[roomId] = head.Epoch;
        Enqueue(roomId, isAnew: true);
    }

    public void OnSignal(string topic, TopicSignal signal)
    {
        if (signal.Type == RoomMessages.Listeners && signal.Data.TryGetProperty("listeners", out var count) && count.ValueKind == JsonValueKind.Number)
            _counts.Told(IdOf(topic), count.GetInt32());
    }

    private bool IsNeeded(string roomId) =>
        _seats.Any(roomId) || _readers.Any(roomId) || _watchers.Any(watcher => watcher.Needs(roomId));

    private void Enqueue(string roomId, bool isAnew)
    {
        lock (_lock)
        {
            var isWaiting = _waiting.TryGetValue(roomId, out var was);
            _waiting[roomId] = was || isAnew;
            if (!isWaiting)
                _heard.Writer.TryWrite(roomId);
        }
    }

    private static string IdOf(string topic) => topic[(topic.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
