using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Seams;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// Sees to it that rooms lose those who are not there any more: connections that vanished and did not come back, and members a
/// room still thinks present although no lease says so - their node died, or the hub was restarted without them.
/// </summary>
internal sealed partial class RoomUsher(
    RoomAttendance attendance, RoomGrace grace, LiveRooms rooms, RoomStore store, IPresence presence, ListenerCounts counts,
    IOptions<RoomOptions> options, TimeProvider time, ILogger<RoomUsher> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(SeeOutAsync(stoppingToken), SweepAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; its people move to another node or come back to the next start.
        }
    }

    private async Task SeeOutAsync(CancellationToken cancellationToken)
    {
        await foreach (var seat in grace.OverAsync(cancellationToken))
            await TryAsync(seat.RoomId, () => attendance.GiveUpAsync(seat));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var roomId in await store.CountedAsync(cancellationToken))
            counts.Changed(roomId);
        using var timer = new PeriodicTimer(options.Value.SweepEvery, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var roomId in await store.AwakeAsync(cancellationToken))
                await TryAsync(roomId, () => SweepAsync(roomId, cancellationToken));
        }
    }

    private async Task SweepAsync(string roomId, CancellationToken cancellationToken)
    {
        if (await rooms.FindAsync(roomId, cancellationToken) is not { } live)
            return;
        var present = (await presence.WhoAsync(live.Topic, int.MaxValue, cancellationToken)).ToHashSet();
        foreach (var member in live.Room.Members.Where(member => member.Present && !present.Contains(member.UserId)))
            await attendance.MissAsync(roomId, member.UserId);
        if (present.Count == 0)
            await attendance.VacateAsync(roomId);
    }

    private async Task TryAsync(string roomId, Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, roomId);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "People could not be seen out of room {RoomId}; the next sweep tries again.")]
    private partial void LogFailed(Exception exception, string roomId);
}
