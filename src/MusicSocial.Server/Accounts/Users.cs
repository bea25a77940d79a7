using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Server.Accounts;

/// <summary>Finds public profiles of users; those used lately are cached.</summary>
internal sealed class Users : IDisposable
{
    /// <summary>Invalidation subject of changed and removed users.</summary>
    private const string Subject = "user";

    /// <summary>Profiles kept, about 200 bytes each.</summary>
    private const int Capacity = 50_000;

    private readonly BoundedCache<string, User> _cached = new(Capacity);
    private readonly AccountStore _store;
    private readonly CacheInvalidationBus _invalidations;

    public Users(AccountStore store, CacheInvalidationBus invalidations)
    {
        (_store, _invalidations) = (store, invalidations);
        invalidations.Subscribe(Subject, _cached.Invalidate);
    }

    /// <summary>The user with this id; refuses <c>user.not_found</c>.</summary>
    public async Task<User> GetAsync(string id, CancellationToken cancellationToken) =>
        (await GetAsync([id], cancellationToken)).GetValueOrDefault(id) ?? throw new RefusedException(AccountRefusals.UserNotFound);

    /// <summary>The users with these ids, those that exist, by id; one query for all that are not cached.</summary>
    public async Task<IReadOnlyDictionary<string, User>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        await _cached.GetOrReadAsync(ids, missing => _store.FindAsync(missing, cancellationToken), user => user.Id);

    /// <summary>The user with this handle, compared without case; refuses <c>user.not_found</c>.</summary>
    public async Task<User> GetByHandleAsync(string handle, CancellationToken cancellationToken) =>
        (await _store.FindByHandleAsync(handle, cancellationToken))?.User ?? throw new RefusedException(AccountRefusals.UserNotFound);

    /// <summary>Users changed or were removed: every node drops what it has cached of them.</summary>
    public ValueTask ChangedAsync(IReadOnlyCollection<string> ids) => _invalidations.PublishAsync(Subject, ids);

    public void Dispose() => _cached.Dispose();
}
