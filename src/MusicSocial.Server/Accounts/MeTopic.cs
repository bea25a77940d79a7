using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Hosting;

namespace MusicSocial.Server.Accounts;

/// <summary>Topic <c>me:{userId}</c>: a person's own notices, for that person only.</summary>
internal sealed class MeTopic(Inbox inbox) : ITopicKind
{
    public string Prefix => TopicNames.MePrefix;

    public Task AuthorizeAsync(string key, string userId, CancellationToken cancellationToken) =>
        key == userId ? Task.CompletedTask : throw new RefusedException(Refusals.Forbidden);

    public async Task<object?> SnapshotAsync(string key, string userId, CancellationToken cancellationToken) =>
        await inbox.ReadAsync(userId, cursor: null, limit: null, cancellationToken);
}
