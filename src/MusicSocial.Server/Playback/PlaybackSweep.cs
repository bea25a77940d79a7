using MusicSocial.Realtime.Background;

namespace MusicSocial.Server.Playback;

/// <summary>Lets time pass for the tracker, and drops what this node does not need any more.</summary>
internal sealed class PlaybackSweep(PlaybackTracker tracker, RoomPlayback rooms, TimeProvider time, ILogger<PlaybackSweep> logger)
    : PeriodicService(Period, time, logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        await tracker.ExpireAsync(stoppingToken);
        rooms.RemoveIdle();
    }
}
