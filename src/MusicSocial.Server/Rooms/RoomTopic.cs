using System.Text.Json;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// The <c>room:</c> topics. Members follow, and anyone signed in follows an open room as a spectator. A member whose new connection follows again
/// is a member again, without a password.
/// </summary>
internal sealed class RoomTopic(
    RoomRepository rooms, RoomViews views, RoomAccess access, RoomMembership membership, RoomConnections connections, IHubClock clock)
    : ITopicKind
{
    public string Prefix => TopicNames.RoomPrefix;

    public async Task AuthorizeAsync(string key, string userId, CancellationToken cancellationToken)
    {
        var room = (await GetAsync(key, cancellationToken)).Room;
        if (room.BanOf(userId, clock.Now) is { } ban)
            throw new RefusedException(ban.RefusalAt(clock.Now));
        if (!await access.MayReadAsync(room, userId, cancellationToken))
            throw new RefusedException(RoomRefusals.NotMember);
    }

    public async Task<object?> SnapshotAsync(string key, string userId, CancellationToken cancellationToken) =>
        await views.ComposeAsync(await GetAsync(key, cancellationToken), userId, cancellationToken);

    public async Task FollowedAsync(string key, string userId, string connectionId, CancellationToken cancellationToken)
    {
        // A member who came by JoinRoom is known already.
        if (connections.IsConnected(key, userId, connectionId))
            return;
        if (await membership.IsExpectedAsync((await GetAsync(key, cancellationToken)).Room, userId, cancellationToken))
            await membership.JoinAsync(key, userId, connectionId, network: null, cancellationToken);
        else
            await SpectateAsync(key, userId, connectionId, cancellationToken);
    }

    public Task UnfollowedAsync(string key, string userId, string connectionId, CancellationToken cancellationToken)
    {
        connections.RemoveSpectator(key, connectionId);
        return membership.LoseAsync(key, userId, connectionId, cancellationToken);
    }

    // What was cleared from the chat stands in the topic's log still: those who were away get the clearing in its place.
    public async Task<IReadOnlyList<TopicEvent>> ReviseAsync(string key, IReadOnlyList<TopicEvent> missed, CancellationToken cancellationToken)
    {
        if (!missed.Any(topicEvent => topicEvent.Type == RoomMessages.Chat))
            return missed;
        var room = (await GetAsync(key, cancellationToken)).Room;
        return room.Cleared.IsEmpty ? missed : [.. missed.Select(topicEvent => Revise(topicEvent, room))];
    }

    private static TopicEvent Revise(TopicEvent topicEvent, Room room)
    {
        if (topicEvent.Type != RoomMessages.Chat || topicEvent.ReadData<ChatMessage>() is not { } message || !room.IsCleared(message.Author.Id, message.AtMs))
            return topicEvent;
        var cleared = new ClearedChatView(message.Author.Id, message.AtMs);
        return topicEvent with { Type = RoomMessages.ChatCleared, Data = JsonSerializer.SerializeToElement(cleared, WireJson.Options) };
    }

    private async Task SpectateAsync(string key, string userId, string connectionId, CancellationToken cancellationToken)
    {
        connections.AddSpectator(key, userId, connectionId);
        try
        {
            await rooms.FollowAsync(key, cancellationToken);
            // The room may have been closed to spectators meanwhile.
            if (!await access.MayFollowAsync((await GetAsync(key, cancellationToken)).Room, userId, cancellationToken))
                throw new RefusedException(RoomRefusals.NotMember);
        }
        catch
        {
            connections.RemoveSpectator(key, connectionId);
            throw;
        }
    }

    // A topic is named by the id alone: the code would be a second topic of the same room.
    private async Task<LiveRoom> GetAsync(string key, CancellationToken cancellationToken)
    {
        var live = await rooms.GetAsync(key, cancellationToken);
        return live.Id == key ? live : throw new RefusedException(RoomRefusals.NotFound);
    }
}
