namespace MusicSocial.Server.Rooms;

/// <summary>When the running track of each room on this node ends.</summary>
internal sealed class RoomSchedule
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HubTime> _ends = [];

    // Holds outdated entries too: they are recognised when they come up, which is cheaper than finding them before.
    private readonly PriorityQueue<string, HubTime> _queue = new();
    private TaskCompletionSource _sooner = New();

    /// <summary>The next end; null when no music runs.</summary>
    public HubTime? Next
    {
        get
        {
            lock (_lock)
                return Peek(out _, out var end) ? end : null;
        }
    }

    /// <summary>Completes when the next end became sooner than it was.</summary>
    public Task Sooner
    {
        get
        {
            lock (_lock)
                return _sooner.Task;
        }
    }

    /// <summary>Notes when a room's track ends; null when it stands.</summary>
    public void Set(string roomId, HubTime? end)
    {
        lock (_lock)
        {
            if (end is not { } at)
            {
                _ends.Remove(roomId);
                return;
            }

            if (_ends.TryGetValue(roomId, out var known) && known == at)
                return;
            var isSooner = !Peek(out _, out var next) || at < next;
            _ends[roomId] = at;
            _queue.Enqueue(roomId, at);
            if (isSooner)
            {
                _sooner.TrySetResult();
                _sooner = New();
            }
        }
    }

    /// <summary>Takes the rooms whose track has ended.</summary>
    public IReadOnlyList<string> TakeEnded(HubTime now)
    {
        var ended = new List<string>();
        lock (_lock)
        {
            while (Peek(out var roomId, out var end) && end <= now)
            {
                _queue.Dequeue();
                _ends.Remove(roomId!);
                ended.Add(roomId!);
            }
        }

        return ended;
    }

    private bool Peek(out string? roomId, out HubTime end)
    {
        while (_queue.TryPeek(out roomId, out end))
        {
            if (_ends.TryGetValue(roomId, out var known) && known == end)
                return true;
            _queue.Dequeue();
        }

        return false;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
