using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Topics;
using MusicSocial.Sync;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Server.Rooms;

/// <summary>A member's connection that is gone.</summary>
internal sealed record LostConnection(string RoomId, string UserId, string ConnectionId);

/// <summary>
/// Who is in which room. A user is a member as long as one of their connections is: presence holds a lease for each over all nodes, and the room
/// is told when they come for the first time and leave with the last. A lost connection keeps its lease for the grace, so that a reload is not
/// seen; a guest who was let in and never said they were leaving is expected back for longer.
/// </summary>
internal sealed class RoomMembership(
    RoomConnections connections, RoomRepository rooms, RoomObservers observers, RoomGuestStore guests, IPresence presence, ListenerCounts counts,
    ITopicSubscriptions topics, IOptions<RoomOptions> options, TimeProvider time, IHubClock clock)
{
    /// <summary>How many of the present are considered as the next host when the room knows none of them.</summary>
    private const int HeirCandidates = 8;

    /// <summary>How long a guest is expected back: their laptop wakes up, or their node died, and they follow the room again on any node.</summary>
    private static readonly TimeSpan GuestsExpected = TimeSpan.FromHours(12);

    /// <summary>A guest's entry younger than this is not written again: a crowd that reconnects costs reads only.</summary>
    private static readonly TimeSpan GuestsFresh = TimeSpan.FromHours(1);

    // All wait equally long, so they come out in order.
    private readonly ConcurrentQueue<(LostConnection Lost, long Since)> _lost = new();
    private readonly ConcurrentDictionary<string, bool> _uncertain = new();

    /// <summary>Adds a member's connection; the room refuses users it banned.</summary>
    /// <param name="roomId">The room.</param>
    /// <param name="userId">Who comes.</param>
    /// <param name="connectionId">By which connection.</param>
    /// <param name="network">Hash of the network a guest comes from; null for an account, or when it is not known.</param>
    /// <param name="cancellationToken">Gives up joining.</param>
    public async Task<LiveRoom> JoinAsync(string roomId, string userId, string connectionId, string? network, CancellationToken cancellationToken)
    {
        var isNew = connections.Add(roomId, userId, connectionId);
        try
        {
            await rooms.FollowAsync(roomId, cancellationToken);
            await presence.ArriveAsync(LiveRoom.TopicOf(roomId), userId, connectionId, cancellationToken);
            var live = await rooms.ApplyAsync(roomId, new Join(userId), cancellationToken);
            if (!await guests.ExpectsAsync(roomId, userId, (clock.Now - GuestsFresh).Ms, cancellationToken))
                await guests.AddAsync(roomId, userId, network, clock.Now.Ms, cancellationToken);
            observers.Arrived(live, userId);
            counts.Changed(roomId);
            return live;
        }
        catch when (isNew)
        {
            await ReleaseAsync(roomId, userId, connectionId);
            throw;
        }
    }

    /// <summary>A member leaves by choice, with this connection and those that were lost before.</summary>
    public async Task LeaveAsync(string roomId, string userId, string connectionId)
    {
        foreach (var (lost, _) in connections.Of(roomId, userId).Where(one => !one.Connected))
            await ReleaseAsync(roomId, userId, lost);
        await ReleaseAsync(roomId, userId, connectionId);
        await guests.RemoveAsync(roomId, userId, CancellationToken.None);
    }

    /// <summary>Removes a banned member with all connections of this node; does nothing when they have none here.</summary>
    public async Task RemoveAsync(string roomId, RoomBan ban)
    {
        var userId = ban.UserId;
        var removed = connections.Of(roomId, userId).Select(one => one.ConnectionId).ToList();
        if (removed.Count == 0)
            return;
        await guests.RemoveAsync(roomId, userId, CancellationToken.None);
        var message = new KickedView(ban.Until is { } until ? Math.Max(0, (until - clock.Now).TotalMilliseconds) : null);
        topics.SignalLocal(LiveRoom.TopicOf(roomId), RoomMessages.Kicked, message, removed);
        foreach (var connectionId in removed)
        {
            await ReleaseAsync(roomId, userId, connectionId);
            await topics.UnfollowAsync(connectionId, LiveRoom.TopicOf(roomId), CancellationToken.None);
        }
    }

    /// <summary>A connection is gone, perhaps to come back: its member stays for the grace.</summary>
    public async Task LoseAsync(string roomId, string userId, string connectionId, CancellationToken cancellationToken)
    {
        if (!connections.MarkLost(roomId, userId, connectionId))
            return;
        _lost.Enqueue((new LostConnection(roomId, userId, connectionId), time.GetTimestamp()));
        // Renewed once more, so that the lease outlasts the grace.
        await presence.ArriveAsync(LiveRoom.TopicOf(roomId), userId, connectionId, cancellationToken);
    }

    /// <summary>The lost connections whose grace is over since this was asked last; asked by one caller.</summary>
    public IEnumerable<LostConnection> TakeGraceOver()
    {
        while (_lost.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since) >= options.Value.Grace && _lost.TryDequeue(out var over))
            yield return over.Lost;
    }

    /// <summary>Gives up a lost connection unless it came back.</summary>
    public async Task GiveUpAsync(LostConnection lost)
    {
        if (connections.IsConnected(lost.RoomId, lost.UserId, lost.ConnectionId))
            return;
        await ReleaseAsync(lost.RoomId, lost.UserId, lost.ConnectionId);
        await guests.RenewAsync(lost.RoomId, lost.UserId, clock.Now.Ms, CancellationToken.None);
    }

    /// <summary>The room counts a member as present for whom no lease speaks.</summary>
    public async Task MarkAbsentAsync(string roomId, string userId)
    {
        await TellLeftAsync(roomId, userId);
        await guests.RenewAsync(roomId, userId, clock.Now.Ms, CancellationToken.None);
    }

    /// <summary>
    /// A member is connected here whom the room counts as absent: their lease was lost with the data of the backplane, or this node stood still for
    /// so long that the others gave its members up.
    /// </summary>
    public async Task MarkPresentAsync(string roomId, string userId)
    {
        foreach (var (connectionId, _) in connections.Of(roomId, userId).Where(one => one.Connected))
            await presence.ArriveAsync(LiveRoom.TopicOf(roomId), userId, connectionId, CancellationToken.None);
        await rooms.ApplyAsync(roomId, new Join(userId), CancellationToken.None);
        counts.Changed(roomId);
    }

    /// <summary>Stops the music of a room without members, unless a member joins at this very moment.</summary>
    public async Task VacateAsync(string roomId)
    {
        await rooms.ApplyAsync(roomId, new Vacate(), CancellationToken.None);
        counts.Changed(roomId);
        if (await CountAsync(roomId, CancellationToken.None) == 0)
            return;
        foreach (var userId in connections.Members(roomId))
            await rooms.ApplyAsync(roomId, new Join(userId), CancellationToken.None);
        await rooms.ApplyAsync(roomId, new Rejoin(), CancellationToken.None);
    }

    /// <summary>Rooms in which a leave could not be told, since this was asked last.</summary>
    public IReadOnlyList<string> TakeUncertain() => [.. _uncertain.Keys.Where(roomId => _uncertain.TryRemove(roomId, out _))];

    /// <summary>Whether a user is in a room, on whichever node, known to the room or not. A banned user is not, whatever connections are left.</summary>
    public async ValueTask<bool> IsPresentAsync(Room room, string userId, CancellationToken cancellationToken) =>
        room.BanOf(userId, clock.Now) is null
        && (connections.Has(room.Id, userId)
            || room.Member(userId) is { Present: true }
            || await presence.IsPresentAsync(LiveRoom.TopicOf(room.Id), userId, cancellationToken));

    /// <summary>Refuses <c>room.not_found</c> for a closed room, and <c>room.not_member</c> unless the user is in it.</summary>
    public async ValueTask RequireAsync(Room room, string userId, CancellationToken cancellationToken)
    {
        if (room.Closed)
            throw new RefusedException(RoomRefusals.NotFound);
        if (!await IsPresentAsync(room, userId, cancellationToken))
            throw new RefusedException(RoomRefusals.NotMember);
    }

    /// <summary>The room with this id, which a user must be in; refuses <c>room.not_found</c> and <c>room.not_member</c>.</summary>
    public async Task<LiveRoom> GetForMemberAsync(string userId, string? roomId, CancellationToken cancellationToken)
    {
        var live = await rooms.GetAsync(roomId, cancellationToken);
        await RequireAsync(live.Room, userId, cancellationToken);
        return live;
    }

    /// <summary>
    /// Whether a user is in a room, or would be had their connection not failed them: they need no password again. A banned user is not, whatever is noted.
    /// </summary>
    public async ValueTask<bool> IsExpectedAsync(Room room, string userId, CancellationToken cancellationToken) =>
        room.BanOf(userId, clock.Now) is null
        && (await IsPresentAsync(room, userId, cancellationToken)
            || await guests.ExpectsAsync(room.Id, userId, (clock.Now - GuestsExpected).Ms, cancellationToken));

    /// <summary>A user is let in when they come, though they were not inside before.</summary>
    public Task ExpectAsync(string roomId, string userId, CancellationToken cancellationToken) =>
        guests.AddAsync(roomId, userId, network: null, clock.Now.Ms, cancellationToken);

    /// <summary>Hash of the network a guest came from; null when it is not known.</summary>
    public Task<string?> NetworkOfAsync(string roomId, string userId, CancellationToken cancellationToken) => guests.NetworkOfAsync(roomId, userId, cancellationToken);

    /// <summary>A user is not expected back any more: next time they are asked for the password.</summary>
    public Task ForgetAsync(string roomId, string userId, CancellationToken cancellationToken) => guests.RemoveAsync(roomId, userId, cancellationToken);

    /// <summary>The room's door closed: listeners who are not in it now are let in by its present rules only.</summary>
    public async Task ForgetAbsentListenersAsync(Room room, CancellationToken cancellationToken)
    {
        foreach (var userId in await guests.AllAsync(room.Id, cancellationToken))
        {
            if (room.RoleOf(userId) == RoomRole.Listener && !await IsPresentAsync(room, userId, cancellationToken))
                await guests.RemoveAsync(room.Id, userId, cancellationToken);
        }
    }

    /// <summary>Whose votes count in a room, and whether those of a user do.</summary>
    public async ValueTask<Electorate> ElectorateAsync(Room room, string userId, CancellationToken cancellationToken)
    {
        var since = room.Member(userId) is null ? await SinceAsync(room.Id, userId, cancellationToken) : null;
        return new(await CountAsync(room.Id, cancellationToken), options.Value.VotesAfter, since);
    }

    /// <summary>When a user came, for those the room does not know; null when that is not known.</summary>
    public async ValueTask<HubTime?> SinceAsync(string roomId, string userId, CancellationToken cancellationToken) =>
        await guests.SinceAsync(roomId, userId, cancellationToken) is { } ms ? HubTime.FromMs(ms) : null;

    /// <summary>How many users are present.</summary>
    public ValueTask<int> CountAsync(string roomId, CancellationToken cancellationToken) =>
        presence.CountAsync(LiveRoom.TopicOf(roomId), cancellationToken);

    /// <summary>Drops the entries of guests who are not expected back any more.</summary>
    public Task ForgetGuestsAsync(CancellationToken cancellationToken) => guests.RemoveOlderAsync((clock.Now - GuestsExpected).Ms, cancellationToken);

    /// <summary>Removes a member's connection and, when it was their last on any node, tells the room.</summary>
    public async Task ReleaseAsync(string roomId, string userId, string connectionId)
    {
        if (!connections.Remove(roomId, userId, connectionId))
            return;
        var wasLast = await presence.LeaveAsync(LiveRoom.TopicOf(roomId), userId, connectionId, CancellationToken.None);
        // With a connection to another node they are in the room as before.
        if (wasLast)
            await TellLeftAsync(roomId, userId);
    }

    /// <summary>Tells the room that a member is gone, and that it is empty when they were the last.</summary>
    private async Task TellLeftAsync(string roomId, string userId)
    {
        observers.Left(roomId, userId);
        try
        {
            var topic = LiveRoom.TopicOf(roomId);
            var some = await presence.WhoAsync(topic, HeirCandidates, CancellationToken.None);
            var crowd = new Occupancy(await CountAsync(roomId, CancellationToken.None), [.. some]);
            await rooms.ApplyAsync(roomId, new Leave(userId, crowd), CancellationToken.None);
            if (connections.Has(roomId, userId))
            {
                // They came back between the last question to presence and the command.
                observers.Arrived(await rooms.ApplyAsync(roomId, new Join(userId), CancellationToken.None), userId);
            }

            if (crowd.Count == 0)
                await VacateAsync(roomId);
            counts.Changed(roomId);
        }
        catch
        {
            _uncertain[roomId] = true;
            throw;
        }
    }
}
