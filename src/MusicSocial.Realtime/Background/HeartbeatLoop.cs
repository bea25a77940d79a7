using Microsoft.Extensions.Logging;

namespace MusicSocial.Realtime.Background;

/// <summary>
/// Runs every <see cref="IHeartbeat"/> once a second, apart from <see cref="MaintenanceLoop"/>: browsers close a connection that was silent for 20 seconds, and
/// presence leases last 15, so a heartbeat must not wait behind a task that waits for Redis.
/// </summary>
internal sealed partial class HeartbeatLoop(IEnumerable<IHeartbeat> heartbeats, TimeProvider time, ILogger<HeartbeatLoop> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
{
    private readonly IHeartbeat[] _heartbeats = [.. heartbeats];

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        foreach (var heartbeat in _heartbeats)
        {
            try
            {
                await heartbeat.BeatAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception, heartbeat.GetType().Name);
            }
        }
    }

    internal Task RunNowAsync() => RunOnceAsync(CancellationToken.None);

    [LoggerMessage(Level = LogLevel.Error, Message = "The heartbeat {Heartbeat} failed; it runs again in a second.")]
    private partial void LogFailed(Exception exception, string heartbeat);
}

/// <summary>Visits thousands of objects a few at a time, so that work of clients does not wait for the last of them.</summary>
internal static class Cooperative
{
    // Takes a tenth of a millisecond or two.
    private const int AtOnce = 32;

    /// <summary>Visits all, and yields the thread to queued work after every 32.</summary>
    public static async ValueTask VisitAsync<T>(this IEnumerable<T> all, Action<T> visit)
    {
        var visited = 0;
        foreach (var one in all)
        {
            visit(one);
            if (++visited % AtOnce == 0)
                await Task.Yield();
        }
    }
}
