using Microsoft.Extensions.Logging;

namespace MusicSocial.Realtime.Background;

/// <summary>
/// Background work at intervals. A run that fails is logged - the first of a series as an error, later ones at debug level - and the next one comes as planned;
/// runs never overlap, and a run longer than the period is followed by the next at once. The first run comes after a random part of the period, so that the
/// services of all nodes do not work in step.
/// </summary>
/// <param name="period">From the beginning of one run to the beginning of the next.</param>
/// <param name="time">Measures the period.</param>
/// <param name="logger">Receives failures.</param>
public abstract partial class PeriodicService(TimeSpan period, TimeProvider time, ILogger logger) : SupervisedService(time, logger)
{
    private readonly ILogger _logger = logger;
    private int _failures;

    /// <summary>The time from the start of the service to its first run: between half a period and a whole one unless overridden.</summary>
    protected virtual TimeSpan FirstDelay => period * (0.5 + (Random.Shared.NextDouble() / 2));

    /// <summary>One run.</summary>
    protected abstract Task RunOnceAsync(CancellationToken stoppingToken);

    /// <inheritdoc/>
    protected sealed override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(FirstDelay, Time);
        var isFirst = true;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (isFirst)
                (isFirst, timer.Period) = (false, period);
            await TryRunOnceAsync(stoppingToken);
        }
    }

    private async Task TryRunOnceAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunOnceAsync(stoppingToken);
            if (_failures > 0)
                LogRecovered(GetType().Name, _failures);
            _failures = 0;
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            if (_failures++ == 0)
                LogRunFailed(exception, GetType().Name, period);
            else
                LogRunFailedAgain(exception, GetType().Name, _failures);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A run of {Service} failed; it runs again every {Period}, and its next success is logged.")]
    private partial void LogRunFailed(Exception exception, string service, TimeSpan period);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A run of {Service} failed, for the {Failures}th time in a row.")]
    private partial void LogRunFailedAgain(Exception exception, string service, int failures);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Service} works again after {Failures} failed runs.")]
    private partial void LogRecovered(string service, int failures);
}
