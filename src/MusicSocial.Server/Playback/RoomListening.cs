using MusicSocial.Server.Catalog;
using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>Turns being in a room into hearing what it plays. Notes are worked off one after the other, so that whoever left stays gone.</summary>
internal sealed partial class RoomListening(
    RoomNotes notes, PlaybackTracker tracker, CuePump pump, CueDoor cues, Tracks tracks, Privacy privacy, ILogger<RoomListening> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await privacy.LoadAsync(stoppingToken);
        await foreach (var note in notes.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await WorkOffAsync(note, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotWorkedOff(exception, note.RoomId);
            }
        }
    }

    private async Task WorkOffAsync(RoomNote note, CancellationToken cancellationToken)
    {
        // A room is a device of everybody in it, under the name of its topic.
        var device = $"room:{note.RoomId}";
        if (note.Timeline is not { } timeline)
        {
            foreach (var userId in note.People)
                tracker.Drop(userId, device);
            await cues.RecheckAsync(device, cancellationToken);
            return;
        }

        pump.Retime(device, timeline);
        var sighting = await SightingAsync(note, device, timeline, cancellationToken);
        foreach (var userId in note.People)
            tracker.See(userId, sighting);
    }

    private async Task<Sighting> SightingAsync(RoomNote note, string device, Timeline timeline, CancellationToken cancellationToken)
    {
        var track = timeline.TrackId is { } id ? (await tracks.GetAsync([id], cancellationToken)).GetValueOrDefault(id) : null;
        return track is null
            ? new Sighting(device, PlaybackSource.Room, Track: null, PlaybackState.Stopped, Timeline.Empty, note.At, IsExact: true, note.RoomId)
            : new Sighting(
                device, PlaybackSource.Room, HeardTrack.Of(track), timeline.IsPlaying ? PlaybackState.Playing : PlaybackState.Paused, timeline,
                note.At, IsExact: true, note.RoomId);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What happened in room {RoomId} could not be worked off.")]
    private partial void LogNotWorkedOff(Exception exception, string roomId);
}
