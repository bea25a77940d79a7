using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>Shows rooms to clients: everything to those who may look in, the door plate to everybody else.</summary>
internal sealed class RoomViews(Users users, QueueViews queues, RoomChat chat, RoomAttendance attendance, RoomEntrance entrance, IHubClock clock)
{
    /// <summary>The room as <paramref name="userId"/> may see it; null is a stranger.</summary>
    public async Task<RoomView> ComposeAsync(LiveRoom live, string? userId, CancellationToken cancellationToken) =>
        await entrance.MayReadAsync(live.Room, userId, cancellationToken)
            ? await ComposeForMemberAsync(live, cancellationToken)
            : await DoorPlateAsync(live, cancellationToken);

    /// <summary>The whole room.</summary>
    public async Task<RoomView> ComposeForMemberAsync(LiveRoom live, CancellationToken cancellationToken)
    {
        var queue = await queues.ComposeAsync(live.Room.Queue, cancellationToken);
        var plate = await DoorPlateAsync(live, cancellationToken);
        return plate with
        {
            Timeline = TimelineView.From(live.Room.Timeline),
            Queue = queue.Queue,
            Current = queue.Current,
            Members = await MembersAsync(live.Room, cancellationToken),
            Chat = await chat.LastAsync(live.Id, cancellationToken),
            Waiting = WaitingView.Of(live.Room, clock.Now),
        };
    }

    /// <summary>The room as the directory shows it: what plays, but neither queue nor chat nor people.</summary>
    public async Task<RoomView> ListAsync(LiveRoom live, CancellationToken cancellationToken)
    {
        var plate = await DoorPlateAsync(live, cancellationToken);
        if (!RoomEntrance.IsOpen(live.Room))
            return plate;
        var playing = await queues.ComposeAsync(live.Room.Queue with { Upcoming = [] }, cancellationToken);
        return plate with { Timeline = TimelineView.From(live.Room.Timeline), Current = playing.Current };
    }

    /// <summary>What stands on the door: name, code, settings, and how many are inside.</summary>
    private async Task<RoomView> DoorPlateAsync(LiveRoom live, CancellationToken cancellationToken) => new(
        live.Id, live.Room.Code, live.Room.Settings.Name, live.Room.Settings.Visibility, live.Room.HostId, live.Revision,
        TimelineView.From(Timeline.Empty), Queue: [], Members: [], await attendance.CountAsync(live.Id, cancellationToken),
        SettingsView.From(live.Room), Current: null, Chat: null, Waiting: null);

    private async Task<IReadOnlyList<MemberView>> MembersAsync(Room room, CancellationToken cancellationToken)
    {
        var people = await users.GetAsync(room.Members.Select(member => member.UserId).ToHashSet(), cancellationToken);
        return [.. room.Members
            .Where(member => people.ContainsKey(member.UserId))
            .OrderByDescending(member => member.Role)
            .Select(member => new MemberView(people[member.UserId], member.Role, member.Present))];
    }
}
