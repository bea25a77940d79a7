namespace MusicSocial.Server.Playback;

/// <summary>Which connections of this node follow whose <c>user:</c> topic, so that those who may no longer can be parted from it.</summary>
internal sealed class UserFollowers
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<string, string>> _viewersByOwner = [];

    public void Add(string ownerId, string connectionId, string viewerId)
    {
        lock (_lock)
        {
            if (!_viewersByOwner.TryGetValue(ownerId, out var viewers))
                _viewersByOwner[ownerId] = viewers = [];
            viewers[connectionId] = viewerId;
        }
    }

    public void Remove(string ownerId, string connectionId)
    {
        lock (_lock)
        {
            if (_viewersByOwner.TryGetValue(ownerId, out var viewers) && viewers.Remove(connectionId) && viewers.Count == 0)
                _viewersByOwner.Remove(ownerId);
        }
    }

    /// <summary>Everybody who is followed here.</summary>
    public IReadOnlyList<string> Owners
    {
        get
        {
            lock (_lock)
                return [.. _viewersByOwner.Keys];
        }
    }

    public bool Any(string ownerId)
    {
        lock (_lock)
            return _viewersByOwner.ContainsKey(ownerId);
    }

    /// <summary>Viewer by connection.</summary>
    public IReadOnlyDictionary<string, string> Of(string ownerId)
    {
        lock (_lock)
            return _viewersByOwner.TryGetValue(ownerId, out var viewers) ? new Dictionary<string, string>(viewers) : [];
    }
}
