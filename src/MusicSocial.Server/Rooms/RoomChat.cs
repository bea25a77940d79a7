using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Storage;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>The chat of rooms: a message is durable before it is answered, and live right after.</summary>
internal sealed class RoomChat(
    RoomMembership membership, RoomChatStore store, Users users, ITopicPublisher topics, RateLimiter limiter,
    IOptions<LimitOptions> limits, IHubClock clock)
{
    /// <summary>Messages a newcomer is shown.</summary>
    private const int Shown = 100;

    /// <summary>Longest message, in code points.</summary>
    private const int TextLength = 500;

    /// <summary>Says something; the same client key again is the same message, once.</summary>
    public async Task<ChatMessage> SayAsync(
        CurrentUser by, string? roomId, string? text, string? clientKey, CancellationToken cancellationToken)
    {
        var live = await membership.GetForMemberAsync(by.Id, roomId, cancellationToken);
        if (clientKey is not { Length: > 0 and <= RoomLimits.CommandIdLength })
            throw new RefusedException(RoomRefusals.InvalidCommand);

        var said = await store.FindAsync(live.Id, by.Id, clientKey, cancellationToken)
            ?? await AddAsync(live.Room, by, CleanText.Lines(text, TextLength), clientKey, cancellationToken);
        var message = Show(said, await users.GetAsync(by.Id, cancellationToken));
        await topics.PublishAsync(live.Topic, RoomMessages.Chat, message, $"chat:{said.Id}", cancellationToken);
        return message;
    }

    /// <summary>Takes messages back for good: members are told to drop them, and who resumes is not told what they said.</summary>
    public async Task RemoveAsync(string roomId, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await store.RemoveAsync(roomId, ids, cancellationToken);
        await topics.PublishAsync(LiveRoom.TopicOf(roomId), RoomMessages.ChatRemoved, new ChatRemovedView([.. ids]), idempotencyKey: null, CancellationToken.None);
    }

    /// <summary>The last messages, oldest first.</summary>
    public async Task<IReadOnlyList<ChatMessage>> LastAsync(Room room, CancellationToken cancellationToken)
    {
        var rows = await store.LastAsync(room.Id, Shown, cancellationToken);
        var people = await users.GetAsync(rows.Select(row => row.AuthorId).ToHashSet(), cancellationToken);
        return [.. rows.Where(row => people.ContainsKey(row.AuthorId) && !room.IsCleared(row.AuthorId, row.AtMs)).Select(row => Show(row, people[row.AuthorId]))];
    }

    private async Task<ChatRow> AddAsync(Room room, CurrentUser by, string text, string clientKey, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        ChatRules.Check(room, by.Id, lastSaidAt: null, now);
        var since = room.Member(by.Id) is null && room.Settings.LinksAfter > TimeSpan.Zero ? await membership.SinceAsync(room.Id, by.Id, cancellationToken) : null;
        text = ChatRules.Review(room, by.Id, text, since, now);
        limiter.Acquire("chat", by.Id, limits.Value.Comments);
        var row = new ChatRow
        {
            Id = Ids.New(now.Ms),
            RoomId = room.Id,
            AuthorId = by.Id,
            ClientKey = clientKey,
            Text = text,
            AtMs = now.Ms,
        };
        return await store.AddAsync(
            row, lastMs => ChatRules.Check(room, by.Id, lastMs is { } ms ? HubTime.FromMs(ms) : null, now), cancellationToken);
    }

    private static ChatMessage Show(ChatRow row, User author) => new(row.Id, author, row.Text, row.ClientKey, row.AtMs);
}
