using MusicSocial.Server.Playback.Cues;

namespace MusicSocial.Server.Playback;

/// <summary>Which connections of this node follow what a person plays: by the <c>user:</c> topic, kept here, or by its cues.</summary>
internal sealed class PlaybackFollowers(CueSubscriptions cues)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<string, string>> _viewersByOwner = [];

    /// <summary>The people whose topic is followed here.</summary>
    public IReadOnlyList<string> Owners
    {
        get
        {
            lock (_lock)
                return [.. _viewersByOwner.Keys];
        }
    }

    /// <summary>Whether a connection of this node follows the person's topic, or the cues of what they play.</summary>
    public bool IsFollowed(string ownerId)
    {
        lock (_lock)
        {
            if (_viewersByOwner.ContainsKey(ownerId))
                return true;
        }

        return cues.Find(TopicNames.User(ownerId)) is not null;
    }

    /// <summary>The topic's followers: viewer by connection.</summary>
    public IReadOnlyDictionary<string, string> Of(string ownerId)
    {
        lock (_lock)
            return _viewersByOwner.TryGetValue(ownerId, out var viewers) ? new Dictionary<string, string>(viewers) : [];
    }

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
}
