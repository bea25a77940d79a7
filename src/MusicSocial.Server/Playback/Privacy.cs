using System.Collections.Concurrent;

namespace MusicSocial.Server.Playback;

/// <summary>
/// Decides who may know what a person plays: the one place that does, asked by every door. The settings of those who ever
/// changed them are held in memory, so that asking never waits.
/// </summary>
internal sealed class Privacy(PrivacyStore store, IFriendCircle circle) : IDisposable
{
    private readonly ConcurrentDictionary<string, PrivacySettings> _settings = new();
    private readonly SemaphoreSlim _turn = new(1);
    private volatile bool _isLoaded;

    /// <summary>Reads the settings once; <see cref="Of"/> may be asked afterwards.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (_isLoaded)
            return;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_isLoaded)
                return;
            foreach (var (userId, settings) in await store.ReadAllAsync(cancellationToken))
                _settings[userId] = settings;
            _isLoaded = true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Somebody's settings. Before they are loaded everybody is hidden.</summary>
    public PrivacySettings Of(string userId) =>
        _isLoaded ? _settings.GetValueOrDefault(userId, PrivacySettings.Default) : new(PrivateSession: true, Audience.Nobody);

    /// <summary>Changes somebody's settings; one change after the other, so that none is lost.</summary>
    public async Task<(PrivacySettings Before, PrivacySettings After)> ChangeAsync(
        string userId, Func<PrivacySettings, PrivacySettings> change, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var before = Of(userId);
            var after = change(before);
            await store.WriteAsync(userId, after, CancellationToken.None);
            _settings[userId] = after;
            return (before, after);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Whether the viewer belongs to the owner's audience; owners always do, unless it is nobody.</summary>
    public async Task<bool> IsAudienceAsync(string ownerId, string viewerId, CancellationToken cancellationToken) =>
        (await AudienceAsync(viewerId, [ownerId], cancellationToken)).Contains(ownerId);

    /// <summary>Those of the owners to whose audience the viewer belongs.</summary>
    public async Task<IReadOnlySet<string>> AudienceAsync(
        string viewerId, IReadOnlyCollection<string> ownerIds, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var open = new HashSet<string>();
        var unsure = new List<string>();
        foreach (var ownerId in ownerIds)
        {
            var audience = Of(ownerId).Audience;
            if (audience == Audience.Everyone || (audience == Audience.Followers && ownerId == viewerId))
                open.Add(ownerId);
            else if (audience == Audience.Followers)
                unsure.Add(ownerId);
        }

        if (unsure.Count > 0)
            open.UnionWith(await circle.MutualAsync(viewerId, unsure, cancellationToken));
        return open;
    }

    public void Dispose() => _turn.Dispose();
}
