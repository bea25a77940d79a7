using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Relations;

namespace MusicSocial.Server.Playback;

/// <summary>
/// What people show of themselves, and to which circle: who is in it is decided by <see cref="Circles"/>. Settings are cached for a short time, and dropped
/// from the caches of all nodes when they change.
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
    private readonly Circles _circles;
    private readonly CacheInvalidationBus _bus;

    public PlaybackPrivacy(PrivacyStore store, Circles circles, CacheInvalidationBus bus, TimeProvider time)
    {
        (_store, _circles, _bus) = (store, circles, bus);
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

    /// <summary>Whether the viewer may see what the owner plays; owners may, unless their audience is <see cref="Audience.Nobody"/>.</summary>
    public async Task<bool> IsAudienceAsync(string ownerId, string viewerId, CancellationToken cancellationToken) =>
        (await AudienceAsync(viewerId, [ownerId], cancellationToken)).Contains(ownerId);

    /// <summary>Whether the viewer may see what the owner listened to; owners always may.</summary>
    public async Task<bool> ShowsHistoryAsync(string ownerId, string viewerId, CancellationToken cancellationToken) =>
        ownerId == viewerId
        || await _circles.IsOpenToAsync(viewerId, ownerId, (await OfAsync(ownerId, cancellationToken)).History, cancellationToken);

    /// <summary>Whether the viewer may see whom the owner follows and who follows them; owners always may.</summary>
    public async Task<bool> ShowsConnectionsAsync(string ownerId, string viewerId, CancellationToken cancellationToken) =>
        ownerId == viewerId
        || await _circles.IsOpenToAsync(viewerId, ownerId, (await OfAsync(ownerId, cancellationToken)).Connections, cancellationToken);

    /// <summary>Those of the owners to whose audience the viewer belongs.</summary>
    public async Task<IReadOnlySet<string>> AudienceAsync(
        string viewerId, IReadOnlyCollection<string> ownerIds, CancellationToken cancellationToken)
    {
        await PrepareAsync(ownerIds, cancellationToken);
        var circles = new Dictionary<string, Audience>();
        foreach (var ownerId in ownerIds)
            circles[ownerId] = (await OfAsync(ownerId, cancellationToken)).Audience;
        return await _circles.OpenToAsync(viewerId, circles, cancellationToken);
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
