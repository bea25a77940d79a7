using MusicSocial.Client.Connection;
using MusicSocial.Client.Http;
using MusicSocial.Client.Topics;
using MusicSocial.Sync;

namespace MusicSocial.Client.Rooms;

/// <summary>Rooms in which people hear the same song at the same moment.</summary>
public sealed class RoomsClient
{
    private readonly ApiClient _http;
    private readonly HubCalls _hub;
    private readonly Func<FollowRequest, CancellationToken, Task<TopicSubscription>> _follow;

    internal RoomsClient(ApiClient http, HubCalls hub, Func<FollowRequest, CancellationToken, Task<TopicSubscription>> follow) =>
        (_http, _hub, _follow) = (http, hub, follow);

    /// <summary>Opens a room; the caller is its host.</summary>
    /// <param name="name">1 to 80 characters.</param>
    /// <param name="visibility">Who finds it.</param>
    /// <param name="password">1 to 128 characters; null for none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<RoomView> OpenAsync(
        string name, RoomVisibility visibility = RoomVisibility.Public, string? password = null, CancellationToken cancellationToken = default) =>
        _http.PostAsync<RoomView>("/api/rooms", new OpenRoomRequest(name, visibility, password), Bearer.Required, cancellationToken);

    /// <summary>The public rooms, busiest first.</summary>
    public Task<Page<RoomView>> ListAsync(string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _http.GetAsync<Page<RoomView>>(Query.Of("/api/rooms", ("cursor", cursor), ("limit", limit)), cancellationToken);

    /// <summary>A room by id or code, as the caller may see it from outside.</summary>
    public Task<RoomView> GetAsync(string idOrCode, CancellationToken cancellationToken = default) =>
        _http.GetAsync<RoomView>(PathOf(idOrCode), cancellationToken);

    /// <summary>Closes a room for good; for who opened it, and operators.</summary>
    public Task CloseAsync(string idOrCode, CancellationToken cancellationToken = default) =>
        _http.DeleteAsync<Nothing>(PathOf(idOrCode), cancellationToken);

    /// <summary>Who is banned from a room, newest first; for its host.</summary>
    public async Task<IReadOnlyList<BanView>> BansAsync(string roomId, CancellationToken cancellationToken = default) =>
        (await _http.GetAsync<Page<BanView>>($"{PathOf(roomId)}/bans", cancellationToken)).Items;

    /// <summary>Asks the host and the DJs of a room, by id or code, to be let in; the answer comes as <c>knock.answered</c> on the caller's <c>me:</c> topic.</summary>
    /// <exception cref="RefusedException">E.g. <c>room.knock_off</c>, <c>room.knock_refused</c>, <c>room.banned</c>.</exception>
    public Task<KnockAnswer> KnockAsync(string idOrCode, CancellationToken cancellationToken = default) =>
        _hub.CallAsync<KnockAnswer>("Knock", [idOrCode], Repeatability.Repeatable, cancellationToken);

    /// <summary>Who waits to be let into a room, longest first; for its host and DJs.</summary>
    public async Task<IReadOnlyList<KnockView>> KnocksAsync(string roomId, CancellationToken cancellationToken = default) =>
        (await _http.GetAsync<Page<KnockView>>($"{PathOf(roomId)}/knocks", cancellationToken)).Items;

    /// <summary>The words a room does not want to read; for its host.</summary>
    public async Task<IReadOnlyList<WordRuleView>> WordsAsync(string roomId, CancellationToken cancellationToken = default) =>
        (await _http.GetAsync<Page<WordRuleView>>($"{PathOf(roomId)}/words", cancellationToken)).Items;

    /// <summary>Lifts a ban; for the room's host.</summary>
    public Task UnbanAsync(string roomId, string userId, CancellationToken cancellationToken = default) =>
        _http.DeleteAsync<Nothing>($"{PathOf(roomId)}/bans/{Query.Segment(userId)}", cancellationToken);

    /// <summary>Joins a room and stays in it, over any number of connections, until it is left.</summary>
    /// <exception cref="RefusedException">E.g. <c>room.password</c>, <c>room.full</c>, <c>room.kicked</c>.</exception>
    public async Task<JoinedRoom> JoinAsync(string idOrCode, string? password = null, CancellationToken cancellationToken = default)
    {
        var seen = await GetAsync(idOrCode, cancellationToken);
        var request = new FollowRequest(
            TopicNames.Room(seen.Id),
            (socket, _, token) => socket.InvokeAsync<FollowAnswer>("JoinRoom", [seen.Id, password], token),
            () => LeaveAsync(seen.Id),
            EndedBy);
        var subscription = await _follow(request, cancellationToken);
        var room = new JoinedRoom(seen, subscription, _hub);
        await room.Entered.WaitAsync(cancellationToken);
        return room;
    }

    // When the hub cannot be reached, it removes the member itself once the connection is gone.
    private async Task LeaveAsync(string roomId) =>
        await _hub.CallAsync("LeaveRoom", [roomId], Repeatability.Repeatable, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static RefusedException? EndedBy(TopicSignal signal) => signal.Type != "kicked"
        ? null
        : new RefusedException(
            signal.ReadData<KickedView>().RetryAfterMs is { } retryAfterMs ? RoomRefusals.Kicked(TimeSpan.FromMilliseconds(retryAfterMs)) : RoomRefusals.Banned);

    private static string PathOf(string idOrCode) => $"/api/rooms/{Query.Segment(idOrCode)}";
}
