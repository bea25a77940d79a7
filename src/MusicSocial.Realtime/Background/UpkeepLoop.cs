using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MusicSocial.Realtime.Background;

/// <summary>Runs every chore once a second, one after another.</summary>
internal sealed partial class UpkeepLoop(IEnumerable<IUpkeep> chores, TimeProvider time, ILogger<UpkeepLoop> logger) : BackgroundService
{
    private readonly IUpkeep[] _chores = [.. chores];

    /// <summary>One round; a chore that fails is logged and tried again in the next round.</summary>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var chore in _chores)
        {
            try
            {
                await chore.UpkeepAsync(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogFailed(exception, chore.GetType().Name);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RunOnceAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The chore {Chore} failed; it runs again in a second.")]
    private partial void LogFailed(Exception exception, string chore);
}
