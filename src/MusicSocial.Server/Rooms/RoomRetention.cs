using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;
using MusicSocial.Sync;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Server.Rooms;

/// <summary>Closes and removes rooms that were not used for long, with their chat.</summary>
internal sealed partial class RoomRetention(
    RoomStore store, RoomRepository rooms, IHubClock clock, IOptions<RoomOptions> options, TimeProvider time, ILogger<RoomRetention> logger)
    : PeriodicService(TimeSpan.FromHours(1), time, logger)
{
    private const int BatchSize = 100;

    private readonly ILogger _logger = logger;

    /// <summary>Notes which rooms are used, and removes those that were not; any node may, at any time.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var nowMs = (long)clock.Now.Ms;
        await store.NoteUsedAsync(nowMs, cancellationToken);
        var unused = await store.UnusedAsync(nowMs - (long)options.Value.KeepUnused.TotalMilliseconds, BatchSize, cancellationToken);
        foreach (var roomId in unused)
        {
            await CloseAsync(roomId, cancellationToken);
            await store.RemoveAsync(roomId, cancellationToken);
        }

        if (unused.Count > 0)
            LogRemoved(_logger, unused.Count, options.Value.KeepUnused.TotalDays);
    }

    protected override Task RunOnceAsync(CancellationToken stoppingToken) => SweepAsync(stoppingToken);

    // First of all, on every node: a live state that outlives the row must let no one in.
    private async Task CloseAsync(string roomId, CancellationToken cancellationToken)
    {
        try
        {
            await rooms.ApplyAsync(roomId, new CloseByOperator(), cancellationToken);
        }
        catch (RefusedException refused) when (refused.Refusal == RoomRefusals.Closed)
        {
            // It was closed before.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Count} rooms that had not been used for {Days} days.")]
    private static partial void LogRemoved(ILogger logger, int count, double days);
}
