using System.Collections.Concurrent;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Server.Playback;

/// <summary>
/// Decides who may know what a person plays: the one place that does, asked by every door. Settings are remembered for a moment; the bell between
/// nodes makes everybody forget what was changed.
/// </summary>
internal sealed class Privacy
{
    /// <summary>What the bell between nodes calls changed settings.</summary>
    private const string Subject = "privacy";

    /// <summary>Settings remembered, about 150 bytes each.</summary>
    private const int MaxRemembered = 100_000;

    /// <summary>People asked for in one query.</summary>
    private const int AtOnce = 500;

    /// <summary>Settings are read again after this time, should a ring of the bell ever be lost.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (PrivacySettings Settings, HubTime ReadAt)> _remembered = new();
    private readonly PrivacyStore _store;
    private readonly IFriendCircle _circle;
    private readonly CacheInvalidationBus _bell;
    private readonly IHubClock _clock;
    private int _changes;

    public Privacy(PrivacyStore store, IFriendCircle circle, CacheInvalidationBus bell, IHubClock clock)
    {
        (_store, _circle, _bell, _clock) = (store, circle, bell, clock);
        bell.Subscribe(Subject, Forget);
    }

    /// <summary>Somebody's settings.</summary>
    public ValueTask<PrivacySettings> OfAsync(string userId, CancellationToken cancellationToken) =>
        Recall(userId) is { } settings ? new(settings) : new(ReadOneAsync(userId, cancellationToken));

    /// <summary>Reads the settings of many people in few queries, so that asking for each does not wait for a while.</summary>
    public async Task PrepareAsync(IEnumerable<string> userIds, CancellationToken cancellationToken)
    {
        foreach (var some in userIds.Where(userId => Recall(userId) is null).Chunk(AtOnce))
            await ReadAsync(some, cancellationToken);
    }

    /// <summary>Changes somebody's settings; every node knows soon, and reads them again in any case.</summary>
    public async Task<(PrivacySettings Before, PrivacySettings After)> ChangeAsync(
        string userId, Func<PrivacySettings, PrivacySettings> change, CancellationToken cancellationToken)
    {
        var changed = await _store.ChangeAsync(userId, change, cancellationToken);
        await _bell.PublishAsync(Subject, [userId]);
        return changed;
    }

    /// <summary>Whether the viewer belongs to the owner's audience; owners always do, unless it is nobody.</summary>
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
            open.UnionWith(await _circle.MutualAsync(viewerId, unsure, cancellationToken));
        return open;
    }

    private PrivacySettings? Recall(string userId) =>
        _remembered.TryGetValue(userId, out var known) && _clock.Now - known.ReadAt < Remembered ? known.Settings : null;

    private async Task<PrivacySettings> ReadOneAsync(string userId, CancellationToken cancellationToken) =>
        (await ReadAsync([userId], cancellationToken)).GetValueOrDefault(userId, PrivacySettings.Default);

    private async Task<IReadOnlyDictionary<string, PrivacySettings>> ReadAsync(
        IReadOnlyCollection<string> userIds, CancellationToken cancellationToken)
    {
        var (changesBefore, readAt) = (Volatile.Read(ref _changes), _clock.Now);
        var settings = await _store.ReadAsync(userIds, cancellationToken);
        if (_remembered.Count >= MaxRemembered)
            _remembered.Clear();
        foreach (var userId in userIds)
            _remembered[userId] = (settings.GetValueOrDefault(userId, PrivacySettings.Default), readAt);
        // What changed while it was read may be old already.
        if (changesBefore != Volatile.Read(ref _changes))
        {
            foreach (var userId in userIds)
                _remembered.TryRemove(userId, out _);
        }

        return settings;
    }

    private void Forget(string? userId)
    {
        Interlocked.Increment(ref _changes);
        if (userId is null)
            _remembered.Clear();
        else
            _remembered.TryRemove(userId, out _);
    }
}
