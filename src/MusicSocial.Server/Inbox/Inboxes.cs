using System.Text.Json;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Api;
using MusicSocial.Server.Relations;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Inbox;

/// <summary>Notices to users, kept until they are read and published at once on <c>me:{userId}</c>.</summary>
internal sealed class Inboxes(NoticeStore store, Blocks blocks, ITopicPublisher topics, IHubClock clock)
{
    private sealed record PageKey(string Id);

    /// <summary>
    /// Stores a notice and publishes it to its owner; a repeated <paramref name="idempotencyKey"/> (per user) does nothing, nor does one from a person whom
    /// the owner blocked or muted, or who blocked the owner.
    /// </summary>
    /// <param name="userId">The owner of the inbox.</param>
    /// <param name="fromId">The person whose doing it is; null when it is the hub's.</param>
    /// <param name="type"><c>mention</c>, <c>reply</c>, <c>follower</c> or <c>invitation</c>; also the event's type.</param>
    /// <param name="data">The wire record of that type.</param>
    /// <param name="idempotencyKey">Names the occasion, e.g. <c>follower:{id}</c>.</param>
    /// <param name="cancellationToken">Gives up before the notice is stored.</param>
    public async Task NotifyAsync<T>(string userId, string? fromId, string type, T data, string idempotencyKey, CancellationToken cancellationToken)
    {
        if (fromId is not null && await blocks.KeepFromAsync(userId, fromId, cancellationToken))
            return;
        var nowMs = clock.Now.Ms;
        var notice = new Notice(Ids.New(nowMs), type, JsonSerializer.SerializeToElement(data, WireJson.Options), Math.Floor(nowMs), Read: false);
        if (await store.TryAddAsync(userId, fromId, notice, idempotencyKey, cancellationToken))
            await topics.PublishAsync(TopicNames.Me(userId), type, notice, notice.Id, CancellationToken.None);
    }

    /// <summary>What these occasions were about is gone, and so are its notices.</summary>
    public Task RetractAsync(IReadOnlyCollection<string> idempotencyKeys, CancellationToken cancellationToken) =>
        store.RemoveAsync(idempotencyKeys, cancellationToken);

    /// <summary>Removes from a user's inbox what another person caused.</summary>
    public Task RemoveFromAsync(string userId, string fromId, CancellationToken cancellationToken) => store.RemoveFromAsync(userId, fromId, cancellationToken);

    /// <summary>One page, newest first.</summary>
    public async Task<InboxPage> ReadAsync(string userId, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var size = Cursor.Limit(limit);
        var before = Cursor.Decode<PageKey>(cursor);
        var notices = await store.ReadAsync(userId, before?.Id, size + 1, cancellationToken);
        var page = Cursor.ToPage(notices, size, notice => new PageKey(notice.Id));
        return new InboxPage(page.Items, page.Next, await store.CountUnreadAsync(userId, cancellationToken));
    }

    /// <summary>Marks everything that is there now as read; the other connections of the user are told.</summary>
    public async Task<InboxRead> MarkReadAsync(string userId, CancellationToken cancellationToken)
    {
        var changed = await store.MarkReadAsync(userId, clock.Now.Ms, cancellationToken);
        // Marked durably: from here on nothing is cancelled.
        var read = new InboxRead(await store.CountUnreadAsync(userId, CancellationToken.None));
        if (changed > 0)
            await topics.PublishAsync(TopicNames.Me(userId), "inbox.read", read, idempotencyKey: null, CancellationToken.None);
        return read;
    }
}

/// <summary>Topic <c>me:{userId}</c>: a user's own notices, for no other user.</summary>
internal sealed class InboxTopic(Inboxes inboxes) : ITopicKind
{
    public string Prefix => TopicNames.MePrefix;

    public Task AuthorizeAsync(string key, string userId, CancellationToken cancellationToken) =>
        key == userId ? Task.CompletedTask : throw new RefusedException(Refusals.Forbidden);

    public async Task<object?> SnapshotAsync(string key, string userId, CancellationToken cancellationToken) =>
        await inboxes.ReadAsync(userId, cursor: null, limit: null, cancellationToken);
}
