using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MusicSocial.Realtime.Background;

/// <summary>
/// A background loop that runs as long as the host does. When it ends early - by an exception, by a cancellation that is not the host's own stop, or by
/// returning - that is logged, and it starts again after <see cref="RestartDelay"/>. Override <see cref="RunAsync"/>; for work at intervals derive from
/// <see cref="PeriodicService"/> instead.
/// </summary>
/// <param name="time">Measures the delay before a restart.</param>
/// <param name="logger">Receives failures.</param>
public abstract partial class SupervisedService(TimeProvider time, ILogger logger) : BackgroundService
{
    /// <summary>How long the loop rests after it ended early; one second unless overridden.</summary>
    protected virtual TimeSpan RestartDelay => TimeSpan.FromSeconds(1);

    /// <summary>The time provider of the loop.</summary>
    protected TimeProvider Time { get; } = time;

    /// <summary>The loop. Returns only when <paramref name="stoppingToken"/> is cancelled.</summary>
    protected abstract Task RunAsync(CancellationToken stoppingToken);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
                if (!stoppingToken.IsCancellationRequested)
                    LogReturned(GetType().Name, RestartDelay);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // An OperationCanceledException of another token (a client, a lost connection to Redis) is a failure like any other.
                LogFailed(exception, GetType().Name, RestartDelay);
            }

            await Task.Delay(RestartDelay, Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The background loop {Loop} failed; it starts again in {Delay}.")]
    private partial void LogFailed(Exception exception, string loop, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Error, Message = "The background loop {Loop} returned although the host is not stopping; it starts again in {Delay}.")]
    private partial void LogReturned(string loop, TimeSpan delay);
}
