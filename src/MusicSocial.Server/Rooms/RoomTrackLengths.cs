using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Catalog;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// Keeps the rooms this node follows true to the lengths of their tracks: a track that turns out shorter or longer than its file said ends when its sound does,
/// also in the middle of it. Every node does so; the first to come changes the room.
/// </summary>
internal sealed class RoomTrackLengths(RoomRepository rooms, Tracks tracks, CacheInvalidationBus invalidations, ILogger<RoomTrackLengths> logger)
    : IHostedService, IAsyncDisposable
{
    /// <summary>Rooms corrected at the same time.</summary>
    private const int Parallelism = 4;

    private readonly KeyedWorkQueue _work = new("correcting track lengths in rooms", Parallelism, logger);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        invalidations.Subscribe(TrackLengths.Subject, Corrected);
        // A room at rest may have slept through a correction.
        rooms.Observe((before, now) =>
        {
            if (before is null)
                Enqueue(now.Id, trackId: null);
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => _work.DisposeAsync();

    private void Corrected(string? trackId)
    {
        foreach (var roomId in rooms.Followed)
        {
            if (rooms.Latest(roomId) is { } live && (trackId is null || TracksOf(live).Contains(trackId)))
                Enqueue(roomId, trackId);
        }
    }

    private void Enqueue(string roomId, string? trackId) => _work.Enqueue(roomId, cancellation => CorrectAsync(roomId, trackId, cancellation));

    private async Task CorrectAsync(string roomId, string? trackId, CancellationToken cancellationToken)
    {
        if (rooms.Latest(roomId) is not { } live)
            return;
        var wanted = TracksOf(live).Where(id => trackId is null || id == trackId).ToHashSet();
        foreach (var (id, track) in await tracks.GetAsync(wanted, cancellationToken))
        {
            var duration = TimeSpan.FromMilliseconds(track.DurationMs);
            if (ReferenceEquals(live.Room.Queue.WithLength(id, duration), live.Room.Queue))
                continue;
            await rooms.ApplyAsync(roomId, new CorrectLength(id, duration), cancellationToken);
        }
    }

    private static IEnumerable<string> TracksOf(LiveRoom live) =>
        live.Room.Queue.Played.Append(live.Room.Queue.Current).Concat(live.Room.Queue.Upcoming).OfType<Sync.QueueItem>().Select(item => item.TrackId);
}
