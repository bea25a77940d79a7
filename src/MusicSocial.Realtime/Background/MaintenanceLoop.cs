using Microsoft.Extensions.Logging;

namespace MusicSocial.Realtime.Background;

/// <summary>Runs every <see cref="IPeriodicTask"/> once a second, one after another: one that waits for Redis delays the others, which is harmless.</summary>
internal sealed partial class MaintenanceLoop(IEnumerable<IPeriodicTask> tasks, TimeProvider time, ILogger<MaintenanceLoop> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
{
    private readonly IPeriodicTask[] _tasks = [.. tasks];

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        foreach (var task in _tasks)
        {
            try
            {
                await task.RunAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception, task.GetType().Name);
            }
        }
    }

    internal Task RunNowAsync() => RunOnceAsync(CancellationToken.None);

    [LoggerMessage(Level = LogLevel.Error, Message = "The periodic task {Task} failed; it runs again in a second.")]
    private partial void LogFailed(Exception exception, string task);
}
