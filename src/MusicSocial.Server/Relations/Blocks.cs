using System.Collections.Frozen;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Relations;

/// <summary>
/// Who sees nothing of whom. A block works in both directions and is not told to the person who is blocked; a mute hides the muted person from its owner
/// only. Every list, live event, notice and door asks here. What is known is cached, and dropped on all nodes when it changes.
/// </summary>
internal sealed class Blocks : IAsyncDisposable
{
    private const string Subject = "relations";

    /// <summary>People whose lists are kept; most lists are empty.</summary>
    private const int Capacity = 50_000;

    private readonly BoundedCache<string, PersonalLists> _lists = new(Capacity);
    private readonly BoundedCache<string, IReadOnlySet<string>> _hidden = new(Capacity);
    private readonly PersonalListStore _store;
    private readonly Users _users;
    private readonly ITopicSubscriptions _topics;
    private readonly CacheInvalidationBus _invalidations;
    private readonly IHubClock _clock;
    private readonly KeyedWorkQueue _refreshing;

    public Blocks(
        PersonalListStore store, Users users, ITopicSubscriptions topics, CacheInvalidationBus invalidations, IHubClock clock, ILogger<Blocks> logger)
    {
        (_store, _users, _topics, _invalidations, _clock) = (store, users, topics, invalidations, clock);
        _refreshing = new("hidden authors", parallelism: 1, logger);
        invalidations.Subscribe(Subject, Invalidate);
    }

    /// <summary>What a person decided about others.</summary>
    public async ValueTask<PersonalLists> ListsOfAsync(string userId, CancellationToken cancellationToken) =>
        (await ListsOfAsync([userId], cancellationToken))[userId];

    /// <summary>What these people decided about others, by person.</summary>
    public ValueTask<IReadOnlyDictionary<string, PersonalLists>> ListsOfAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        _lists.GetOrReadAsync(userIds, missing => _store.ReadAsync(missing, cancellationToken), lists => lists.OwnerId);

    /// <summary>People of whom this person sees nothing: blocked by either, or muted.</summary>
    public ValueTask<IReadOnlySet<string>> HiddenFromAsync(string userId, CancellationToken cancellationToken) =>
        _hidden.TryGet(userId, out var hidden) ? new(hidden) : new(ReadHiddenAsync(userId, cancellationToken));

    /// <summary>Whether either of the two blocked the other.</summary>
    public async ValueTask<bool> AreBetweenAsync(string one, string other, CancellationToken cancellationToken)
    {
        var lists = await ListsOfAsync([one, other], cancellationToken);
        return lists[one].Blocked.Contains(other) || lists[other].Blocked.Contains(one);
    }

    /// <summary>Whether a person wants to hear nothing of <paramref name="fromId"/>: a block between them, or a mute of their own.</summary>
    public async ValueTask<bool> KeepFromAsync(string userId, string fromId, CancellationToken cancellationToken) =>
        await AreBetweenAsync(userId, fromId, cancellationToken)
        || (await ListsOfAsync(userId, cancellationToken)).Muted.Contains(fromId);

    /// <summary>The person with this handle, as the viewer finds them: <c>user.not_found</c> when they blocked the viewer, as when they do not exist.</summary>
    public async Task<User> FindAsync(string handle, string viewerId, CancellationToken cancellationToken)
    {
        var user = await _users.GetByHandleAsync(handle, cancellationToken);
        return (await ListsOfAsync(user.Id, cancellationToken)).Blocked.Contains(viewerId)
            ? throw new RefusedException(AccountRefusals.UserNotFound)
            : user;
    }

    /// <summary>Puts a person on a list; false when they are on it. When it returns, this node acts on it, and the others do within a second.</summary>
    public async Task<bool> AddAsync(string ownerId, PersonalList kind, string otherId, CancellationToken cancellationToken)
    {
        if (ownerId == otherId)
            throw new RefusedException(RelationRefusals.Self);
        var added = await _store.TryAddAsync(Ids.New(_clock.Now.Ms), ownerId, kind, otherId, cancellationToken);
        await ChangedAsync(ownerId, otherId);
        return added;
    }

    /// <summary>Takes a person off a list; false when they are not on it.</summary>
    public async Task<bool> RemoveAsync(string ownerId, PersonalList kind, string otherId, CancellationToken cancellationToken)
    {
        var removed = await _store.TryRemoveAsync(ownerId, kind, otherId, cancellationToken);
        await ChangedAsync(ownerId, otherId);
        return removed;
    }

    public ValueTask DisposeAsync()
    {
        _lists.Dispose();
        _hidden.Dispose();
        return _refreshing.DisposeAsync();
    }

    private async Task<IReadOnlySet<string>> ReadHiddenAsync(string userId, CancellationToken cancellationToken)
    {
        var version = _hidden.Version;
        var mine = await ListsOfAsync(userId, cancellationToken);
        var blockers = await _store.BlockersOfAsync(userId, cancellationToken);
        IReadOnlySet<string> hidden = mine.Blocked.Concat(mine.Muted).Concat(blockers).ToFrozenSet();
        _hidden.TrySet(userId, hidden, version);
        return hidden;
    }

    // Durable: from here on nothing is cancelled. Also when nothing changed: the answer of the first time may have been lost before the nodes were told.
    private async Task ChangedAsync(string ownerId, string otherId)
    {
        await _invalidations.PublishAsync(Subject, [ownerId, otherId]);
        await _topics.RefreshHiddenAuthorsAsync(ownerId, CancellationToken.None);
        await _topics.RefreshHiddenAuthorsAsync(otherId, CancellationToken.None);
    }

    private void Invalidate(string? userId)
    {
        _lists.Invalidate(userId);
        _hidden.Invalidate(userId);
        _refreshing.EnqueueLatest(userId ?? "", cancellationToken => _topics.RefreshHiddenAuthorsAsync(userId, cancellationToken));
    }
}
