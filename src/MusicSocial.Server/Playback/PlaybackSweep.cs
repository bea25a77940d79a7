namespace MusicSocial.Server.Playback;

/// <summary>Lets time pass for the tracker, and stops hearing what nobody needs any more.</summary>
internal sealed partial class PlaybackSweep(
    PlaybackTracker tracker, UserEars ears, RoomLines lines, TimeProvider time, ILogger<PlaybackSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await tracker.SettleAsync(stoppingToken);
                await ears.CloseIdleAsync();
                lines.Clear();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What people play could not be brought up to date; tried again in a few seconds.")]
    private partial void LogFailed(Exception exception);
}
