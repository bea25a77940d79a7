namespace MusicSocial.Server.Playback;

/// <summary>Lets time pass for the tracker.</summary>
internal sealed class PlaybackSweep(PlaybackTracker tracker, Privacy privacy, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await privacy.LoadAsync(stoppingToken);
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            tracker.Settle();
    }
}
