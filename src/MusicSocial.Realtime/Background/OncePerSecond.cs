using Microsoft.Extensions.Logging;

namespace MusicSocial.Realtime.Background;

/// <summary>Runs all work of one kind once a second, one after another; a failure is logged and holds up none of the others.</summary>
internal abstract partial class OncePerSecond<TWork>(IEnumerable<TWork> all, TimeProvider time, ILogger logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
    where TWork : class
{
    private readonly TWork[] _all = [.. all];
    private readonly ILogger _logger = logger;

    protected abstract ValueTask RunAsync(TWork work, CancellationToken stoppingToken);

    protected sealed override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        foreach (var work in _all)
        {
            try
            {
                await RunAsync(work, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(_logger, exception, work.GetType().Name);
            }
        }
    }

    internal Task RunNowAsync() => RunOnceAsync(CancellationToken.None);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} failed; it runs again in a second.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string work);
}

/// <summary>
/// Runs every <see cref="IHeartbeat"/>, apart from <see cref="MaintenanceLoop"/>: browsers close a connection that was silent for 20 seconds, and presence leases
/// last 15, so a heartbeat must not wait behind a task that waits for Redis.
/// </summary>
internal sealed class HeartbeatLoop(IEnumerable<IHeartbeat> heartbeats, TimeProvider time, ILogger<HeartbeatLoop> logger)
    : OncePerSecond<IHeartbeat>(heartbeats, time, logger)
{
    protected override ValueTask RunAsync(IHeartbeat work, CancellationToken stoppingToken) => work.BeatAsync(stoppingToken);
}

/// <summary>Runs every <see cref="IPeriodicTask"/>: one that waits for Redis delays the others, which is harmless.</summary>
internal sealed class MaintenanceLoop(IEnumerable<IPeriodicTask> tasks, TimeProvider time, ILogger<MaintenanceLoop> logger)
    : OncePerSecond<IPeriodicTask>(tasks, time, logger)
{
    protected override ValueTask RunAsync(IPeriodicTask work, CancellationToken stoppingToken) => work.RunAsync(stoppingToken);
}
