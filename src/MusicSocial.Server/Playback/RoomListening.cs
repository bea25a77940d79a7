using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Playback.Cues;
using MusicSocial.Server.Rooms;

namespace MusicSocial.Server.Playback;

/// <summary>
/// Turns being in a room into hearing what it plays. Notes of one person are worked off one after the other, so that whoever left stays gone;
/// those of different people side by side, so that a crowd does not queue.
/// </summary>
internal sealed partial class RoomListening(
    RoomNotes notes, PlaybackTracker tracker, RoomLines lines, CueScheduler scheduler, CueFollowService cues, IPresence presence, ILogger<RoomListening> logger)
    : BackgroundService
{
    private readonly PeopleLanes _lanes = new();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ReadAsync(stoppingToken), _lanes.RunAsync(stoppingToken));

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await foreach (var note in notes.Reader.ReadAllAsync(cancellationToken))
            await TryAsync(note, () => WorkOffAsync(note, cancellationToken), cancellationToken);
    }

    private async Task WorkOffAsync(RoomNote note, CancellationToken cancellationToken)
    {
        if (note.Timeline is not { } timeline)
        {
            foreach (var userId in note.People)
                _lanes.Add(userId, () => TryAsync(note, () => LeaveAsync(note.RoomId, userId, cancellationToken), cancellationToken));
            await cues.RemoveUnauthorizedAsync(LiveRoom.TopicOf(note.RoomId), cancellationToken);
            return;
        }

        scheduler.Retime(LiveRoom.TopicOf(note.RoomId), timeline);
        var line = await lines.KeepAsync(note.RoomId, timeline, note.At, cancellationToken);
        if (!note.IsArrival)
        {
            await tracker.ReconsiderAsync(note.People, cancellationToken);
            return;
        }

        foreach (var userId in note.People)
            _lanes.Add(userId, () => TryAsync(note, () => tracker.SeeAsync(userId, line, cancellationToken), cancellationToken));
    }

    private async Task LeaveAsync(string roomId, string userId, CancellationToken cancellationToken)
    {
        // They may sit in it on another node by now, which knows that they do.
        if (!await presence.IsPresentAsync(LiveRoom.TopicOf(roomId), userId, cancellationToken))
            await tracker.DropAsync(userId, RoomLines.DeviceOf(roomId), cancellationToken);
    }

    private async Task TryAsync(RoomNote note, Func<Task> action, CancellationToken cancellationToken)
    {
        try
        {
            await action();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotWorkedOff(exception, note.RoomId);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What happened in room {RoomId} could not be worked off.")]
    private partial void LogNotWorkedOff(Exception exception, string roomId);
}
