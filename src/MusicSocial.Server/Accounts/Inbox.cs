using System.Text.Json;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Hosting;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Accounts;

/// <summary>What concerns one person, kept until read and told at once on <c>me:{userId}</c>.</summary>
internal sealed class Inbox(NoticeStore store, ITopicPublisher topics, IHubClock clock)
{
    private sealed record PageKey(string Id);

    /// <summary>Stores a notice and tells its owner; a repeated <paramref name="idempotencyKey"/> (per person) does nothing.</summary>
    /// <param name="userId">Whom it concerns.</param>
    /// <param name="type"><c>mention</c>, <c>reply</c>, <c>follower</c> or <c>invitation</c>; also the event's type.</param>
    /// <param name="data">The wire record of that type.</param>
    /// <param name="idempotencyKey">Names the occasion, e.g. <c>follower:{id}</c>.</param>
    /// <param name="cancellationToken">Gives up before the notice is stored.</param>
    public async Task NotifyAsync<T>(string userId, string type, T data, string idempotencyKey, CancellationToken cancellationToken)
    {
        var nowMs = clock.Now.Ms;
        var notice = new Notice(Ids.New(nowMs), type, JsonSerializer.SerializeToElement(data, WireJson.Options), Math.Floor(nowMs), Read: false);
        if (await store.TryAddAsync(userId, notice, idempotencyKey, cancellationToken))
            await topics.PublishAsync(TopicNames.Me(userId), type, notice, notice.Id, CancellationToken.None);
    }

    /// <summary>One page, newest first.</summary>
    public async Task<InboxPage> ReadAsync(string userId, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var size = Cursor.Limit(limit);
        var before = Cursor.Decode<PageKey>(cursor);
        var notices = await store.ReadAsync(userId, before?.Id, size + 1, cancellationToken);
        var page = Cursor.ToPage(notices, size, notice => new PageKey(notice.Id));
        return new InboxPage(page.Items, page.Next, await store.CountUnreadAsync(userId, cancellationToken));
    }

    /// <summary>Everything that is there now has been looked at; the person's other windows hear it.</summary>
    public async Task<InboxRead> MarkReadAsync(string userId, CancellationToken cancellationToken)
    {
        var changed = await store.MarkReadAsync(userId, clock.Now.Ms, cancellationToken);
        var read = new InboxRead(await store.CountUnreadAsync(userId, cancellationToken));
        if (changed > 0)
            await topics.PublishAsync(TopicNames.Me(userId), "inbox.read", read, idempotencyKey: null, CancellationToken.None);
        return read;
    }
}
