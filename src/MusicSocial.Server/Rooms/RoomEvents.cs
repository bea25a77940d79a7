using System.Collections.Immutable;
using System.Text.Json;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Catalog;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>Describes changes of rooms as the events clients get, and queues with their tracks and people.</summary>
internal sealed class RoomEvents(Users users, Tracks tracks)
{
    /// <summary>Up to this many upcoming items an event carries the whole queue, as in a snapshot (about 300 bytes each).</summary>
    private const int WholeQueue = 100;

    /// <summary>The events of a change, in order.</summary>
    public async Task<IReadOnlyList<NewEvent>> DescribeAsync(Room before, RoomChange change, CancellationToken cancellationToken)
    {
        var events = new List<NewEvent>(change.Events.Length);
        foreach (var roomEvent in change.Events)
            events.Add(await DescribeAsync(roomEvent, before, change.Room, cancellationToken));
        return events;
    }

    /// <summary>A whole queue, with one look-up for all of its tracks and one for all users.</summary>
    public async Task<QueueView> QueueAsync(PlayQueue queue, CancellationToken cancellationToken)
    {
        var items = await ShowAsync(queue.Current is { } playing ? queue.Upcoming.Add(playing) : queue.Upcoming, cancellationToken);
        return new QueueView(
            [.. queue.Upcoming.Select(item => items.GetValueOrDefault(item)).OfType<QueueItemView>()],
            queue.Current is { } current ? items.GetValueOrDefault(current) : null);
    }

    /// <summary>Items as clients see them. A track or a user deleted from the database by hand leaves a hole, not an error.</summary>
    public async Task<IReadOnlyDictionary<QueueItem, QueueItemView>> ShowAsync(
        ImmutableArray<QueueItem> items, CancellationToken cancellationToken)
    {
        var shown = new Dictionary<QueueItem, QueueItemView>(items.Length);
        if (items.IsEmpty)
            return shown;
        var people = await users.GetAsync(items.Select(item => item.AddedBy).ToHashSet(), cancellationToken);
        var music = await tracks.GetAsync(items.Select(item => item.TrackId).ToHashSet(), cancellationToken);
        foreach (var item in items)
        {
            if (music.TryGetValue(item.TrackId, out var track) && people.TryGetValue(item.AddedBy, out var user))
                shown[item] = new QueueItemView(item.ItemId, track, user);
        }

        return shown;
    }

    private async Task<NewEvent> DescribeAsync(RoomEvent roomEvent, Room before, Room room, CancellationToken cancellationToken) => roomEvent switch
    {
        MemberJoined joined => New(RoomMessages.MemberJoined, await MovedAsync(joined.UserId, joined.Role, cancellationToken)),
        MemberLeft left => New(RoomMessages.MemberLeft, await MovedAsync(left.UserId, left.Role, cancellationToken)),
        RoleChanged changed => New(RoomMessages.MemberRole, new RoleView(changed.UserId, changed.Role)),
        TimelineChanged => New(RoomMessages.Timeline, TimelineView.From(room.Timeline)),
        QueueChanged => New(RoomMessages.Queue, await QueueChangeAsync(before.Queue, room.Queue, cancellationToken)),
        SettingsChanged => New(RoomMessages.Settings, new HostedSettingsView(SettingsView.From(room), room.HostId)),
        ItemUnplayable item => New(RoomMessages.Unplayable, new UnplayableView(item.TrackId)),
        ChatCleared clearing => New(RoomMessages.ChatCleared, new ClearedChatView(clearing.Cleared.UserId, clearing.Cleared.At.Ms)),
        WaitingChanged => New(RoomMessages.Waiting, new WaitingView([.. room.Awaited])),
        RoomClosed => New(RoomMessages.Closed, new NothingMore()),
        _ => throw new ArgumentOutOfRangeException(nameof(roomEvent), roomEvent, "There is no wire event for this room event."),
    };

    // A long queue is not repeated with every change: its order by ids, and in full only what clients cannot know.
    private async Task<QueueView> QueueChangeAsync(PlayQueue before, PlayQueue queue, CancellationToken cancellationToken)
    {
        if (queue.Upcoming.Length <= WholeQueue)
            return await QueueAsync(queue, cancellationToken);
        var known = before.Upcoming.Append(before.Current).OfType<QueueItem>().Select(item => item.ItemId).ToHashSet();
        var added = queue.Upcoming.Where(item => !known.Contains(item.ItemId)).ToImmutableArray();
        var shown = await ShowAsync(added, cancellationToken);
        return await QueueAsync(queue with { Upcoming = queue.Upcoming[..WholeQueue] }, cancellationToken) with
        {
            Order = [.. queue.Upcoming.Select(item => item.ItemId)],
            Added = [.. added.Select(item => shown.GetValueOrDefault(item)).OfType<QueueItemView>()],
        };
    }

    private async Task<MemberMovedView> MovedAsync(string userId, RoomRole role, CancellationToken cancellationToken) =>
        new(await users.GetAsync(userId, cancellationToken), role);

    private static NewEvent New<T>(string type, T data) => new(type, JsonSerializer.SerializeToElement(data, WireJson.Options));
}
