using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Relations;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>Shows rooms to clients: everything to those who may read it, a summary to others.</summary>
internal sealed class RoomViews(Users users, RoomEvents events, RoomChat chat, RoomMembership membership, RoomAccess access, Blocks blocks, IHubClock clock)
{
    /// <summary>The room as <paramref name="userId"/> may see it; null is not signed in.</summary>
    public async Task<RoomView> ComposeAsync(LiveRoom live, string? userId, CancellationToken cancellationToken) =>
        await access.MayReadAsync(live.Room, userId, cancellationToken)
            ? await WithoutHiddenAsync(await ComposeForMemberAsync(live, cancellationToken), userId, cancellationToken)
            : await SummaryAsync(live, cancellationToken);

    /// <summary>The whole room.</summary>
    public async Task<RoomView> ComposeForMemberAsync(LiveRoom live, CancellationToken cancellationToken)
    {
        var queue = await events.QueueAsync(live.Room.Queue, cancellationToken);
        var summary = await SummaryAsync(live, cancellationToken);
        return summary with
        {
            Timeline = TimelineView.From(live.Room.Timeline),
            Queue = queue.Queue,
            Current = queue.Current,
            Members = await MembersAsync(live.Room, cancellationToken),
            Chat = await chat.LastAsync(live.Room, cancellationToken),
            Waiting = WaitingView.Of(live.Room, clock.Now),
        };
    }

    /// <summary>Rooms as the directory shows them: what plays, but neither queue nor chat nor members.</summary>
    public async Task<IReadOnlyList<RoomView>> ListAsync(IReadOnlyList<LiveRoom> rooms, CancellationToken cancellationToken)
    {
        var summaries = await Task.WhenAll(rooms.Select(live => SummaryAsync(live, cancellationToken)));
        var playing = rooms.Where(live => RoomAccess.IsOpen(live.Room)).Select(live => live.Room.Queue.Current).OfType<QueueItem>();
        var items = await events.ShowAsync([.. playing], cancellationToken);
        return [.. rooms.Zip(summaries, (live, summary) => RoomAccess.IsOpen(live.Room)
            ? summary with
            {
                Timeline = TimelineView.From(live.Room.Timeline),
                Current = live.Room.Queue.Current is { } current ? items.GetValueOrDefault(current) : null,
            }
            : summary)];
    }

    // Who runs the room is shown to everyone in it: they decide what is heard.
    private async Task<RoomView> WithoutHiddenAsync(RoomView room, string? userId, CancellationToken cancellationToken)
    {
        if (userId is null || await blocks.HiddenFromAsync(userId, cancellationToken) is not { Count: > 0 } hidden)
            return room;
        return room with
        {
            Members = [.. room.Members.Where(member => member.Role != RoomRole.Listener || !hidden.Contains(member.User.Id))],
            Chat = room.Chat is null ? null : [.. room.Chat.Where(message => !hidden.Contains(message.Author.Id))],
        };
    }

    /// <summary>What any client sees: name, code, settings, and how many are in it.</summary>
    private async Task<RoomView> SummaryAsync(LiveRoom live, CancellationToken cancellationToken) => new(
        live.Id, live.Room.Code, live.Room.Settings.Name, live.Room.Settings.Visibility, live.Room.HostId, live.Revision,
        TimelineView.From(Timeline.Empty), Queue: [], Members: [], await membership.CountAsync(live.Id, cancellationToken),
        SettingsView.From(live.Room), Current: null, Chat: null, Waiting: null, live.Room.OpenerId);

    private async Task<IReadOnlyList<MemberView>> MembersAsync(Room room, CancellationToken cancellationToken)
    {
        var people = await users.GetAsync(room.Members.Select(member => member.UserId).ToHashSet(), cancellationToken);
        return [.. room.Members
            .Where(member => people.ContainsKey(member.UserId))
            .OrderByDescending(member => member.Role)
            .Select(member => new MemberView(people[member.UserId], member.Role, member.Present))];
    }
}
