using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Relations;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// The <c>room:</c> topics. Members follow, and anyone signed in follows an open room as a spectator. A member whose new connection follows again
/// is a member again, without a password.
/// </summary>
internal sealed class RoomTopic(
    RoomRepository rooms, RoomViews views, RoomAccess access, RoomMembership membership, RoomConnections connections, Blocks blocks, IHubClock clock)
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

    /// <summary>Who said something, came or left.</summary>
    public string? AuthorOf(TopicEvent topicEvent) => topicEvent.Type switch
    {
        RoomMessages.Chat => topicEvent.Data.GetProperty("author").GetProperty("id").GetString(),
        RoomMessages.MemberJoined or RoomMessages.MemberLeft => topicEvent.Data.GetProperty("user").GetProperty("id").GetString(),
        _ => null,
    };

    /// <summary>Messages that were removed or cleared meanwhile are not told any more.</summary>
    public IReadOnlyList<TopicEvent> Redact(IReadOnlyList<TopicEvent> events)
    {
        var removed = events.Where(told => told.Type == RoomMessages.ChatRemoved).SelectMany(told => told.ReadData<ChatRemovedView>().Ids).ToHashSet();
        var cleared = events.Where(told => told.Type == RoomMessages.ChatCleared).Select(told => told.ReadData<ClearedChatView>()).ToList();
        return removed.Count + cleared.Count == 0 ? events : [.. events.Select(told => told.Type == RoomMessages.Chat && IsGone(told) ? told.Withhold() : told)];

        bool IsGone(TopicEvent told) =>
            told.ReadData<ChatMessage>() is var message
            && (removed.Contains(message.Id) || cleared.Exists(clearing => clearing.UserId == message.Author.Id && message.AtMs <= clearing.UntilMs));
    }

    public ValueTask<IReadOnlySet<string>> HiddenAuthorsAsync(string userId, CancellationToken cancellationToken) =>
        blocks.HiddenFromAsync(userId, cancellationToken);

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
