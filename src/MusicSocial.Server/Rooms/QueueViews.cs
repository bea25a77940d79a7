using System.Collections.Immutable;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Catalog;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>Shows queues with their tracks and people: one look-up of each for a whole queue.</summary>
internal sealed class QueueViews(Users users, Tracks tracks)
{
    public async Task<QueueView> ComposeAsync(PlayQueue queue, CancellationToken cancellationToken)
    {
        var items = queue.Current is { } playing ? queue.Upcoming.Add(playing) : queue.Upcoming;
        if (items.IsEmpty)
            return new QueueView([], null);
        var people = await users.GetAsync(Distinct(items, item => item.AddedBy), cancellationToken);
        var music = await tracks.GetAsync(Distinct(items, item => item.TrackId), cancellationToken);
        var upcoming = queue.Upcoming.Select(Show).OfType<QueueItemView>().ToList();
        return new QueueView(upcoming, queue.Current is { } current ? Show(current) : null);

        // A track or person that was deleted from the database by hand leaves a hole, not an error.
        QueueItemView? Show(QueueItem item) =>
            music.TryGetValue(item.TrackId, out var track) && people.TryGetValue(item.AddedBy, out var user)
                ? new QueueItemView(item.ItemId, track, user)
                : null;
    }

    private static HashSet<string> Distinct(ImmutableArray<QueueItem> items, Func<QueueItem, string> key) => [.. items.Select(key)];
}
