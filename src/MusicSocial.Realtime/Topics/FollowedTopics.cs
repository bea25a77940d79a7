
namespace MusicSocial.Realtime.Topics;

/// <summary>
/// The topics one connection follows. A follow takes several steps and may be interrupted by <c>Unfollow</c> or by the end of the
/// connection between any two of them; the second of the two cleans up.
/// </summary>
internal sealed class FollowedTopics(TopicConnection connection)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Follower> _followers = new(StringComparer.Ordinal);
    private bool _closed;

    /// <summary>The follower of <paramref name="topic"/>, a new one if need be; refused past <paramref name="limit"/> topics.</summary>
    public (Follower Follower, bool IsNew) GetOrAdd(TopicName topic, ITopicKind kind, string userId, int limit)
    {
        lock (_lock)
        {
            if (_closed)
            {
                throw new RefusedException(TopicRefusals.Disconnected);
            }

            if (_followers.TryGetValue(topic.Full, out var follower))
            {
                return (follower, false);
            }

            if (_followers.Count >= limit)
            {
                throw new RefusedException(TopicRefusals.TooMany);
            }

            _followers.Add(topic.Full, follower = new(connection, topic, kind, userId));
            return (follower, true);
        }
    }

    /// <summary>Gives the follower its live topic; false when it has one or has left, and the caller keeps its hold.</summary>
    public bool TryAttach(Follower follower, LiveTopic live)
    {
        lock (_lock)
        {
            if (follower.HasLeft || follower.Live is not null)
            {
                return false;
            }

            follower.Live = live;
            return true;
        }
    }

    /// <summary>Notes that the kind was notified of the follow; false when the follower has left meanwhile, and the caller must notify the kind of that.</summary>
    public bool TryAnnounce(Follower follower)
    {
        lock (_lock)
        {
            follower.IsAnnounced = !follower.HasLeft;
            return follower.IsAnnounced;
        }
    }

    /// <summary>Whether the connection follows <paramref name="topic"/>.</summary>
    public bool Contains(string topic)
    {
        lock (_lock)
        {
            return _followers.ContainsKey(topic);
        }
    }

    /// <summary>The follower of <paramref name="topic"/>; null when the connection does not follow it.</summary>
    public Follower? Find(string topic)
    {
        lock (_lock)
        {
            return _followers.GetValueOrDefault(topic);
        }
    }

    public Follower[] ToArray()
    {
        lock (_lock)
        {
            return [.. _followers.Values];
        }
    }

    /// <summary>Removes and returns the follower; null when there is none.</summary>
    public Follower? Remove(string topic)
    {
        lock (_lock)
        {
            if (!_followers.Remove(topic, out var follower))
            {
                return null;
            }

            follower.HasLeft = true;
            return follower;
        }
    }

    /// <summary>Nothing can be followed from now on.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }
    }
}
