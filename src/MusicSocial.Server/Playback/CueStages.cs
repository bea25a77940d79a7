using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>The topics whose cues somebody on this node follows, and who. Guarded by the <see cref="CuePump"/>.</summary>
internal sealed class CueStages
{
    /// <summary>Topics whose cues one connection may follow.</summary>
    private const int MaxPerConnection = 32;

    private readonly Dictionary<string, CueStage> _stages = [];
    private readonly Dictionary<string, HashSet<string>> _followed = [];

    public IReadOnlyCollection<string> Topics => _stages.Keys;

    public CueStage? Find(string topic) => _stages.GetValueOrDefault(topic);

    /// <summary>Whether this connection has been seen before and will be forgotten when it ends.</summary>
    public bool Knows(string connectionId) => _followed.ContainsKey(connectionId);

    /// <summary>The stage the connection joins; null when it is there already. Refuses <c>topic.too_many</c>.</summary>
    public CueStage? Join(string topic, string connectionId, string userId)
    {
        if (!_followed.TryGetValue(connectionId, out var followed))
            _followed[connectionId] = followed = [];
        if (followed.Contains(topic))
            return null;
        if (followed.Count >= MaxPerConnection)
            throw new RefusedException(PlaybackRefusals.TooManyCues);

        followed.Add(topic);
        if (!_stages.TryGetValue(topic, out var stage))
            _stages[topic] = stage = new CueStage();
        stage.Followers[connectionId] = userId;
        return stage;
    }

    public void Leave(string topic, string connectionId)
    {
        if (_followed.TryGetValue(connectionId, out var followed) && followed.Remove(topic))
            Empty(topic, connectionId);
    }

    /// <summary>The connection ended.</summary>
    public void Forget(string connectionId)
    {
        if (!_followed.Remove(connectionId, out var followed))
            return;
        foreach (var topic in followed)
            Empty(topic, connectionId);
    }

    private void Empty(string topic, string connectionId)
    {
        var stage = _stages[topic];
        stage.Followers.Remove(connectionId);
        if (stage.Followers.Count == 0)
            _stages.Remove(topic);
    }
}

/// <summary>One topic whose cues somebody on this node follows.</summary>
internal sealed class CueStage
{
    /// <summary>Viewer by connection.</summary>
    public Dictionary<string, string> Followers { get; } = [];

    /// <summary>Null until it is known.</summary>
    public Timeline? Timeline { get; set; }

    /// <summary>Null while the sheet of the timeline's track is being fetched, and when it has none.</summary>
    public CueCursor? Cursor { get; set; }

    /// <summary>Counts changes of what comes next, so that appointments made before are recognised as void.</summary>
    public int Version { get; set; }
}
