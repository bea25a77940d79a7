using Microsoft.Extensions.Options;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// Sees to it that rooms lose those who are not there any more: connections that vanished and did not come back, and people a
/// room still counts although no lease says so - their node died, or the hub was restarted without them.
/// </summary>
internal sealed partial class RoomUsher(
    RoomAttendance attendance, RoomGrace grace, RoomLook look, RoomEars ears, RoomWatch watch, LiveRooms rooms, RoomGuests guests,
    RoomStore store, ListenerCounts counts, IOptions<RoomOptions> options, TimeProvider time, IHostApplicationLifetime host, ILogger<RoomUsher> logger)
    : BackgroundService
{
    /// <summary>Rooms looked at at the same time.</summary>
    private const int AtOnce = 16;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not later: connections that end because the host stops are nobody leaving.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, host.ApplicationStopping);
        try
        {
            await Task.WhenAll(SeeOutAsync(end.Token), LookAsync(end.Token), SweepAsync(end.Token));
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Its people move to another node or come back to the next start.
        }
    }

    private async Task SeeOutAsync(CancellationToken cancellationToken)
    {
        await foreach (var seat in grace.OverAsync(cancellationToken))
            await TryAsync(seat.RoomId, () => attendance.GiveUpAsync(seat));
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Value.LookEvery, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await ForEachAsync(ears.Rooms, roomId => LookAsync(roomId, cancellationToken), cancellationToken);
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await TryAsync("", async () =>
        {
            foreach (var roomId in await store.CountedAsync(cancellationToken))
                counts.Changed(roomId);
        });
        using var timer = new PeriodicTimer(options.Value.SweepEvery, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await TryAsync("", async () =>
            {
                await guests.ClearAsync(cancellationToken);
                var awake = await store.AwakeAsync(cancellationToken);
                look.ForgetAllBut(awake);
                var others = awake.Where(roomId => !ears.IsOpen(roomId));
                await ForEachAsync(others, roomId => SweepAsync(roomId, cancellationToken), cancellationToken);
            });
        }
    }

    private async Task LookAsync(string roomId, CancellationToken cancellationToken)
    {
        if (!await ears.TryCloseAsync(roomId))
        {
            await look.TakeAsync(roomId, cancellationToken);
            return;
        }

        watch.Forget(roomId);
        look.Forget(roomId);
    }

    private async Task SweepAsync(string roomId, CancellationToken cancellationToken)
    {
        await rooms.ApplyAsync(roomId, new Elapse(), cancellationToken);
        await look.TakeAsync(roomId, cancellationToken);
    }

    private Task ForEachAsync(IEnumerable<string> roomIds, Func<string, Task> action, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            roomIds,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (roomId, _) => await TryAsync(roomId, () => action(roomId)));

    private async Task TryAsync(string roomId, Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (RefusedException refused)
        {
            // The backplane is away, or other nodes were quicker: the next look tries again.
            LogRefused(roomId, refused.Refusal.Code);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, roomId);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Room {RoomId} could not be looked at ({Code}); the next look tries again.")]
    private partial void LogRefused(string roomId, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "People could not be seen out of room {RoomId}; the next sweep tries again.")]
    private partial void LogFailed(Exception exception, string roomId);
}
