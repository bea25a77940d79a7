namespace MusicSocial.Server.Playback;

/// <summary>
/// Looks every few seconds whether those who follow cues still may. Cues bypass the topics, so nothing else parts their
/// followers from a room that became private or threw them out.
/// </summary>
internal sealed partial class CueGuard(CuePump pump, CueDoor door, TimeProvider time, ILogger<CueGuard> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var topic in pump.Topics)
                await LookAsync(topic, stoppingToken);
        }
    }

    private async Task LookAsync(string topic, CancellationToken cancellationToken)
    {
        try
        {
            await door.RecheckAsync(topic, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotLooked(exception, topic);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Who may follow the cues of {Topic} could not be found out.")]
    private partial void LogNotLooked(Exception exception, string topic);
}
