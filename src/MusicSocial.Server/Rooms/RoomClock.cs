using MusicSocial.Realtime.Clock;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// Lets time pass in rooms: one timer, set to the next end of a track of any room this node hears. Where several nodes hear a room, the first to
/// come to its end commits it. After a start the rooms that played when the hub went down are brought to where they would be had it not.
/// </summary>
internal sealed partial class RoomClock(
    LiveRooms rooms, RoomStore store, RoomSchedule schedule, IHubClock clock, TimeProvider time, ILogger<RoomClock> logger)
    : BackgroundService
{
    /// <summary>Rooms moved on at the same time.</summary>
    private const int AtOnce = 16;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await AdvanceAsync(await store.AwakeAsync(stoppingToken), stoppingToken);
            while (true)
            {
                var sooner = schedule.Sooner;
                await AdvanceAsync(schedule.TakeEnded(clock.Now), stoppingToken);
                await SleepAsync(sooner, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; the rooms go on when it starts again.
        }
    }

    private Task AdvanceAsync(IReadOnlyList<string> roomIds, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            roomIds,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            AdvanceAsync);

    private async ValueTask AdvanceAsync(string roomId, CancellationToken cancellationToken)
    {
        try
        {
            await rooms.ApplyAsync(roomId, new Elapse(), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whoever comes next advances it: what a room is now never depends on this timer.
            schedule.Set(roomId, clock.Now + RetryAfter);
            LogNotAdvanced(exception, roomId);
        }
    }

    private async Task SleepAsync(Task sooner, CancellationToken cancellationToken)
    {
        var wait = schedule.Next is { } next && next - clock.Now is var span && span < LongestSleep ? span : LongestSleep;
        if (wait <= TimeSpan.Zero)
            return;
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // A timer may fire up to a millisecond early; the end must have come.
        var slept = Task.Delay(wait + TimeSpan.FromMilliseconds(1), time, woken.Token);
        await Task.WhenAny(slept, sooner);
        await woken.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {RoomId} could not be moved on; tried again in a second.")]
    private partial void LogNotAdvanced(Exception exception, string roomId);
}
