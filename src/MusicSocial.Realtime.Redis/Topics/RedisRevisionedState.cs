using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Redis.Topics;

/// <summary>Live documents of a hub of many nodes. Refused with <c>hub.unavailable</c> while Redis is away: which write wins could not be told.</summary>
internal sealed class RedisRevisionedState(TopicStore store) : IRevisionedState
{
    public async ValueTask<RevisionedDocument?> ReadAsync(string key, CancellationToken cancellationToken) =>
        await store.ReadDocumentAsync(key, cancellationToken);

    public async ValueTask<RevisionedDocument?> TryWriteAsync(
        string key, long expectedRevision, ReadOnlyMemory<byte> bytes, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken) =>
        await store.WriteDocumentAsync(key, expectedRevision, bytes.ToArray(), [.. events.Select(IdempotencyKeys.With)], cancellationToken);

    public async ValueTask<RevisionedDocument> SeedAsync(string key, RevisionedDocument stored, CancellationToken cancellationToken) =>
        await store.SeedDocumentAsync(key, stored, cancellationToken);
}
