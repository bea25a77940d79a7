using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Playback.Cues;

namespace MusicSocial.Server.Playback;

/// <summary>
/// Turns what happens in rooms into what people hear: in order for each room and for each person, so that a person who left stays gone, and side by side
/// for different ones.
/// </summary>
internal sealed class RoomPlaybackWorker(
    RoomPlayback rooms, PlaybackTracker tracker, CueScheduler scheduler, CueFollowService cues,
    IPresence presence, TimeProvider time, ILogger<RoomPlaybackWorker> logger) : SupervisedService(time, logger)
{
    private readonly KeyedWorkQueue _byRoom = new("room playback", parallelism: 16, logger);
    private readonly KeyedWorkQueue _byPerson = new("playback of people in rooms", parallelism: 32, logger);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _byRoom.DisposeAsync();
        await _byPerson.DisposeAsync();
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in rooms.Changes.ReadAllAsync(stoppingToken))
            _byRoom.Enqueue(change.RoomId, cancellationToken => ApplyAsync(change, cancellationToken));
    }

    private async Task ApplyAsync(RoomPlaybackChange change, CancellationToken cancellationToken)
    {
        if (change.Timeline is not { } timeline)
        {
            foreach (var userId in change.People)
                _byPerson.Enqueue(userId, cancellation => LeaveAsync(change.RoomId, userId, cancellation));
            await cues.RemoveUnauthorizedAsync(TopicNames.Room(change.RoomId), cancellationToken);
            return;
        }

        scheduler.Retime(TopicNames.Room(change.RoomId), timeline);
        var playing = await rooms.UpdateAsync(change.RoomId, timeline, change.At, cancellationToken);
        if (!change.IsJoin)
        {
            await tracker.ReevaluateAsync(change.People, cancellationToken);
            return;
        }

        foreach (var userId in change.People)
            _byPerson.Enqueue(userId, cancellation => tracker.ReportAsync(userId, playing, cancellation));
    }

    private async Task LeaveAsync(string roomId, string userId, CancellationToken cancellationToken)
    {
        // By now they may be in it by another node, which knows that they are.
        if (!await presence.IsPresentAsync(TopicNames.Room(roomId), userId, cancellationToken))
            await tracker.RemoveDeviceAsync(userId, RoomPlayback.DeviceOf(roomId), cancellationToken);
    }
}
