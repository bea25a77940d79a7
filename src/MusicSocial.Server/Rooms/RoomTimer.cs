using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// Lets time pass in rooms: one timer, set to the next end of a track of any room this node follows. Where several nodes follow a room, the first to
/// come to its end commits it. After a start the rooms that played when the hub went down are brought to where they would be had it not.
/// </summary>
internal sealed partial class RoomTimer(RoomRepository rooms, RoomStore store, IHubClock clock, TimeProvider time, ILogger<RoomTimer> logger)
    : SupervisedService(time, logger)
{
    /// <summary>Rooms moved on at the same time.</summary>
    private const int Parallelism = 16;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private readonly RoomSchedule _schedule = new();
    private readonly ILogger _logger = logger;

    /// <summary>Notes when the track of a followed room ends; null when its music does not run.</summary>
    public void Schedule(string roomId, HubTime? end) => _schedule.Set(roomId, end);

    /// <summary>The next end that is scheduled.</summary>
    internal HubTime? Next => _schedule.Next;

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        await CatchUpAsync(stoppingToken);
        while (true)
        {
            var sooner = _schedule.Sooner;
            await AdvanceAsync(_schedule.TakeEnded(clock.Now), stoppingToken);
            await SleepAsync(sooner, stoppingToken);
        }
    }

    // A database that does not answer at start must neither end the host nor keep other rooms waiting: a room is advanced when it is read, too, and
    // the sweep comes by.
    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AdvanceAsync(await store.AwakeAsync(cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotListed(exception);
        }
    }

    private Task AdvanceAsync(IReadOnlyList<string> roomIds, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            roomIds,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            AdvanceAsync);

    private async ValueTask AdvanceAsync(string roomId, CancellationToken cancellationToken)
    {
        try
        {
            var live = await rooms.ApplyAsync(roomId, new AdvanceTime(), cancellationToken);
            // Its end was taken from the schedule: when nothing came of it, it must be noted again.
            if (rooms.IsFollowed(roomId))
                _schedule.Set(roomId, live.Room.Timeline.EndsAt);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Reading the room advances it too: what a room is now never depends on this timer.
            _schedule.Set(roomId, clock.Now + RetryAfter);
            LogNotAdvanced(exception, roomId);
        }
    }

    private async Task SleepAsync(Task sooner, CancellationToken cancellationToken)
    {
        var wait = _schedule.Next is { } next && next - clock.Now is var span && span < LongestSleep ? span : LongestSleep;
        if (wait <= TimeSpan.Zero)
            return;
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // A timer may fire up to a millisecond early; the end must have come.
        var slept = Task.Delay(wait + TimeSpan.FromMilliseconds(1), Time, woken.Token);
        await Task.WhenAny(slept, sooner);
        await woken.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {RoomId} was not moved on to its next track; it is tried again in a second.")]
    private partial void LogNotAdvanced(Exception exception, string roomId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The rooms that played when the hub stopped could not be listed; each is moved on when it is next read.")]
    private partial void LogNotListed(Exception exception);
}

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

    /// <summary>Notes when a room's track ends; null when its music does not run.</summary>
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
