using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Server.Playback;

/// <summary>
/// What privacy must know about who follows whom. Friends show what is playing and so stand above this slice; by this interface they answer from there.
/// </summary>
internal interface IMutualFollows
{
    /// <summary>Those of <paramref name="others"/> whom the person follows and who follow back.</summary>
    Task<IReadOnlySet<string>> MutualAsync(string userId, IReadOnlyCollection<string> others, CancellationToken cancellationToken);
}

/// <summary>
/// Decides who may see what a person plays: the only place that does. Settings are cached for a short time, and dropped from the caches of all nodes
/// when they change.
/// </summary>
internal sealed class PlaybackPrivacy : IDisposable
{
    /// <summary>Names changed settings on the invalidation bus.</summary>
    private const string Subject = "privacy";

    /// <summary>Settings kept, about 150 bytes each.</summary>
    private const int Capacity = 100_000;

    /// <summary>People asked for in one query.</summary>
    private const int BatchSize = 500;

    /// <summary>Settings are read again after this time, should an invalidation ever be lost.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    private readonly BoundedCache<string, PrivacySettings> _cached;
    private readonly PrivacyStore _store;
    private readonly IMutualFollows _follows;
    private readonly CacheInvalidationBus _bus;

    public PlaybackPrivacy(PrivacyStore store, IMutualFollows follows, CacheInvalidationBus bus, TimeProvider time)
    {
        (_store, _follows, _bus) = (store, follows, bus);
        _cached = new(Capacity, Lifetime, time);
        bus.Subscribe(Subject, Invalidate);
    }

    /// <summary>A person's settings.</summary>
    public ValueTask<PrivacySettings> OfAsync(string userId, CancellationToken cancellationToken) =>
        _cached.TryGet(userId, out var settings) ? new(settings) : new(ReadOneAsync(userId, cancellationToken));

    /// <summary>Reads the settings of many people in few queries, so that asking for each is answered from the cache for a while.</summary>
    public async Task PrepareAsync(IEnumerable<string> userIds, CancellationToken cancellationToken)
    {
        foreach (var batch in userIds.Where(userId => !_cached.TryGet(userId, out _)).Chunk(BatchSize))
            await ReadAsync(batch, cancellationToken);
    }

    /// <summary>Changes a person's settings; other nodes drop what they have cached.</summary>
    public async Task<(PrivacySettings Before, PrivacySettings After)> ChangeAsync(
        string userId, Func<PrivacySettings, PrivacySettings> change, CancellationToken cancellationToken)
    {
        var changed = await _store.ChangeAsync(userId, change, cancellationToken);
        await _bus.PublishAsync(Subject, [userId]);
        return changed;
    }

    /// <summary>Whether the viewer belongs to the owner's audience; owners do, unless their audience is <see cref="Audience.Nobody"/>.</summary>
    public async Task<bool> IsAudienceAsync(string ownerId, string viewerId, CancellationToken cancellationToken) =>
        (await AudienceAsync(viewerId, [ownerId], cancellationToken)).Contains(ownerId);

    /// <summary>Those of the owners to whose audience the viewer belongs.</summary>
    public async Task<IReadOnlySet<string>> AudienceAsync(
        string viewerId, IReadOnlyCollection<string> ownerIds, CancellationToken cancellationToken)
    {
        await PrepareAsync(ownerIds, cancellationToken);
        var open = new HashSet<string>();
        var unsure = new List<string>();
        foreach (var ownerId in ownerIds)
        {
            var audience = (await OfAsync(ownerId, cancellationToken)).Audience;
            if (audience == Audience.Everyone || (audience == Audience.Followers && ownerId == viewerId))
                open.Add(ownerId);
            else if (audience == Audience.Followers)
                unsure.Add(ownerId);
        }

        if (unsure.Count > 0)
            open.UnionWith(await _follows.MutualAsync(viewerId, unsure, cancellationToken));
        return open;
    }

    public void Dispose() => _cached.Dispose();

    private async Task<PrivacySettings> ReadOneAsync(string userId, CancellationToken cancellationToken) =>
        (await ReadAsync([userId], cancellationToken)).GetValueOrDefault(userId, PrivacySettings.Default);

    private async Task<IReadOnlyDictionary<string, PrivacySettings>> ReadAsync(
        IReadOnlyCollection<string> userIds, CancellationToken cancellationToken)
    {
        var version = _cached.Version;
        var settings = await _store.ReadAsync(userIds, cancellationToken);
        foreach (var userId in userIds)
            _cached.TrySet(userId, settings.GetValueOrDefault(userId, PrivacySettings.Default), version);
        return settings;
    }

    private void Invalidate(string? userId)
    {
        if (userId is null)
            _cached.Clear();
        else
            _cached.Remove(userId);
    }
}
