using System.Collections.Concurrent;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Server.Playback.Cues;

/// <summary>Which connections of this node follow the lyric cues of which topics.</summary>
internal sealed class CueSubscriptions(ITopicSubscriptions topics, IHubClock clock, ILogger<CueSubscriptions> logger)
{
    /// <summary>Topics whose cues one connection may follow.</summary>
    private const int MaxPerConnection = 32;

    private readonly ConcurrentDictionary<string, CueStream> _streams = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<string>> _topicsByConnection = [];

    /// <summary>The topics whose cues are followed on this node.</summary>
    public ICollection<string> Topics => _streams.Keys;

    public CueStream? Find(string topic) => _streams.GetValueOrDefault(topic);

    /// <summary>
    /// Sends the topic's cues to this connection too, beginning with what is shown now, until it is aborted; false when it gets them already. Refuses
    /// <c>topic.too_many</c>.
    /// </summary>
    public bool TryAdd(string topic, string connectionId, string userId, CancellationToken connectionAborted)
    {
        if (!TryRegister(topic, connectionId, out var isFirst))
            return false;
        while (!_streams.GetOrAdd(topic, name => new CueStream(name, topics, clock, logger)).TryAdd(connectionId, userId))
        {
            // The stream lost its last follower at this moment; the next turn makes a new one.
        }

        if (isFirst)
            connectionAborted.Register(() => Remove(connectionId));
        // It may have been removed between the two steps, from a stream it was not in yet.
        if (!IsRegistered(topic, connectionId))
            RemoveFromStream(topic, connectionId);
        return true;
    }

    /// <summary>The connection gets no more cues of the topic.</summary>
    public void Remove(string topic, string connectionId)
    {
        lock (_lock)
        {
            if (!_topicsByConnection.TryGetValue(connectionId, out var followed) || !followed.Remove(topic))
                return;
        }

        RemoveFromStream(topic, connectionId);
    }

    private void Remove(string connectionId)
    {
        HashSet<string>? followed;
        lock (_lock)
        {
            if (!_topicsByConnection.Remove(connectionId, out followed))
                return;
        }

        foreach (var topic in followed)
            RemoveFromStream(topic, connectionId);
    }

    private bool TryRegister(string topic, string connectionId, out bool isFirst)
    {
        lock (_lock)
        {
            isFirst = !_topicsByConnection.TryGetValue(connectionId, out var followed);
            if (isFirst)
                _topicsByConnection[connectionId] = followed = [];
            if (followed!.Contains(topic))
                return false;
            if (followed.Count >= MaxPerConnection)
                throw new RefusedException(PlaybackRefusals.TooManyCues);
            return followed.Add(topic);
        }
    }

    private bool IsRegistered(string topic, string connectionId)
    {
        lock (_lock)
            return _topicsByConnection.TryGetValue(connectionId, out var followed) && followed.Contains(topic);
    }

    private void RemoveFromStream(string topic, string connectionId)
    {
        if (_streams.TryGetValue(topic, out var stream) && stream.Remove(connectionId))
            _streams.TryRemove(KeyValuePair.Create(topic, stream));
    }
}
