using MusicSocial.Client.Connection;
using MusicSocial.Client.Http;
using MusicSocial.Client.Topics;
using MusicSocial.Sync;

namespace MusicSocial.Client.Rooms;

/// <summary>Rooms in which people hear the same song at the same moment.</summary>
public sealed class RoomsClient
{
    private readonly HttpDoor _http;
    private readonly HubCalls _hub;
    private readonly Func<TopicDoor, CancellationToken, Task<TopicSubscription>> _follow;

    internal RoomsClient(HttpDoor http, HubCalls hub, Func<TopicDoor, CancellationToken, Task<TopicSubscription>> follow) =>
        (_http, _hub, _follow) = (http, hub, follow);

    /// <summary>Opens a room; one is its host.</summary>
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

    /// <summary>A room by id or code, as one may see it from outside.</summary>
    public Task<RoomView> GetAsync(string idOrCode, CancellationToken cancellationToken = default) =>
        _http.GetAsync<RoomView>(Door(idOrCode), cancellationToken);

    /// <summary>Closes a room for good; the host's.</summary>
    public Task CloseAsync(string idOrCode, CancellationToken cancellationToken = default) =>
        _http.DeleteAsync<Nothing>(Door(idOrCode), cancellationToken);

    /// <summary>Goes into a room and stays in it, over any number of connections, until one leaves.</summary>
    /// <exception cref="RefusedException">E.g. <c>room.password</c>, <c>room.full</c>, <c>room.kicked</c>.</exception>
    public async Task<JoinedRoom> JoinAsync(string idOrCode, string? password = null, CancellationToken cancellationToken = default)
    {
        var seen = await GetAsync(idOrCode, cancellationToken);
        var door = new TopicDoor(
            $"room:{seen.Id}",
            (socket, _, token) => socket.InvokeAsync<FollowAnswer>("JoinRoom", [seen.Id, password], token),
            () => LeaveAsync(seen.Id),
            ShownOut);
        var subscription = await _follow(door, cancellationToken);
        var room = new JoinedRoom(seen, subscription, _hub);
        await room.Entered.WaitAsync(cancellationToken);
        return room;
    }

    // A hub that cannot hear it now sees people out by itself once their connection is gone.
    private async Task LeaveAsync(string roomId) =>
        await _hub.CallAsync("LeaveRoom", [roomId], Repeatability.Repeatable, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static RefusedException? ShownOut(TopicSignal signal) => signal.Type != "kicked"
        ? null
        : new RefusedException(RoomRefusals.Kicked(TimeSpan.FromMilliseconds(signal.ReadData<KickedView>().RetryAfterMs)));

    private static string Door(string idOrCode) => $"/api/rooms/{Query.Segment(idOrCode)}";
}
