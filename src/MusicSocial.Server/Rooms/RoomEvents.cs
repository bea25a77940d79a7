using System.Text.Json;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Accounts;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>Writes what happened to a room as the events clients get.</summary>
internal sealed class RoomEvents(Users users, QueueViews queues)
{
    public async Task<IReadOnlyList<NewEvent>> DescribeAsync(RoomChange change, CancellationToken cancellationToken)
    {
        var events = new List<NewEvent>(change.Events.Length);
        foreach (var roomEvent in change.Events)
            events.Add(await DescribeAsync(roomEvent, change.Room, cancellationToken));
        return events;
    }

    private async Task<NewEvent> DescribeAsync(RoomEvent roomEvent, Room room, CancellationToken cancellationToken) => roomEvent switch
    {
        MemberJoined joined => New(RoomMessages.MemberJoined, await MovedAsync(joined.UserId, joined.Role, cancellationToken)),
        MemberLeft left => New(RoomMessages.MemberLeft, await MovedAsync(left.UserId, left.Role, cancellationToken)),
        RoleChanged changed => New(RoomMessages.MemberRole, new RoleView(changed.UserId, changed.Role)),
        TimelineChanged => New(RoomMessages.Timeline, TimelineView.From(room.Timeline)),
        QueueChanged => New(RoomMessages.Queue, await queues.ComposeAsync(room.Queue, cancellationToken)),
        SettingsChanged => New(RoomMessages.Settings, new HostedSettingsView(SettingsView.From(room), room.HostId)),
        ItemUnplayable item => New(RoomMessages.Unplayable, new UnplayableView(item.TrackId)),
        WaitingChanged => New(RoomMessages.Waiting, new WaitingView([.. room.Awaited])),
        RoomClosed => New(RoomMessages.Closed, new NothingMore()),
        _ => throw new ArgumentOutOfRangeException(nameof(roomEvent), roomEvent, "An event nobody described."),
    };

    private async Task<MemberMovedView> MovedAsync(string userId, RoomRole role, CancellationToken cancellationToken) =>
        new(await users.GetAsync(userId, cancellationToken), role);

    private static NewEvent New<T>(string type, T data) => new(type, JsonSerializer.SerializeToElement(data, WireJson.Options));
}
