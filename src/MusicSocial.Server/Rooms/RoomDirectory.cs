using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Api;

namespace MusicSocial.Server.Rooms;

/// <summary>The public rooms one might join, busiest first.</summary>
internal sealed class RoomDirectory(RoomStore store, RoomRepository rooms, RoomViews views, IHubClock clock)
{
    /// <summary>A room without members is shown for so long after it was opened: people find the one they were told of, and no wall of empty ones.</summary>
    private static readonly TimeSpan EmptyShown = TimeSpan.FromMinutes(10);

    public async Task<Page<RoomView>> ListAsync(string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var size = Cursor.Limit(limit);
        var places = await store.ListAsync(Cursor.Decode<DirectoryPlace>(cursor), (clock.Now - EmptyShown).Ms, size + 1, cancellationToken);
        var page = Cursor.ToPage(places, size, place => place);
        // Asked for together: over Redis a page costs one round trip, not one for each room.
        var found = await Task.WhenAll(page.Items.Select(place => rooms.FindAsync(place.Id, cancellationToken)));
        return new Page<RoomView>(await views.ListAsync([.. found.OfType<LiveRoom>()], cancellationToken), page.Next);
    }
}

/// <summary>
/// Publishes how many users are in each room, and keeps it for the directory: at most one signal and one write per room and interval, however many
/// come and go.
/// </summary>
internal sealed class ListenerCounts(
    IPresence presence, ITopicPublisher topics, RoomStore store, IOptions<RoomOptions> options, TimeProvider time, ILogger<ListenerCounts> logger)
    : PeriodicService(options.Value.CountEvery, time, logger)
{
    /// <summary>Rooms counted at the same time.</summary>
    private const int Parallelism = 16;

    private readonly ConcurrentDictionary<string, bool> _changed = new();

    /// <summary>A user came to a room or left it.</summary>
    public void Changed(string roomId) => _changed[roomId] = true;

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        var roomIds = _changed.Keys.Where(roomId => _changed.TryRemove(roomId, out _)).ToList();
        try
        {
            var counted = new ConcurrentBag<DirectoryPlace>();
            await Parallel.ForEachAsync(
                roomIds,
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = stoppingToken },
                async (roomId, cancellation) =>
                {
                    var count = await presence.CountAsync(LiveRoom.TopicOf(roomId), cancellation);
                    await topics.SignalAsync(LiveRoom.TopicOf(roomId), RoomMessages.Listeners, new ListenersView(count), cancellation);
                    counted.Add(new DirectoryPlace(count, roomId));
                });
            if (!counted.IsEmpty)
                await store.SaveListenersAsync(counted, stoppingToken);
        }
        catch
        {
            // Counted again with the next run, also those that were counted: their numbers were not kept.
            foreach (var roomId in roomIds)
                Changed(roomId);
            throw;
        }
    }
}
