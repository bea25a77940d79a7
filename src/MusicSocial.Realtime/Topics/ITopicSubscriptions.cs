namespace MusicSocial.Realtime.Topics;

/// <summary>Which connections of this node follow which topics, and what is sent to them alone.</summary>
public interface ITopicSubscriptions
{
    /// <summary>
    /// Follows <paramref name="topic"/> for a connection: subscribes, reads, then merges, so that nothing is lost or seen twice
    /// between the answer and the first frame. Refuses unknown kinds (<c>topic.unknown</c>), too many topics (<c>topic.too_many</c>) and what the kind refuses.
    /// </summary>
    Task<FollowAnswer> FollowAsync(string connectionId, string userId, string topic, TopicPosition? since, CancellationToken cancellationToken);

    /// <summary>Stops following; does nothing when the connection does not follow.</summary>
    Task UnfollowAsync(string connectionId, string topic, CancellationToken cancellationToken);

    /// <summary>
    /// Stops a connection that may not follow any more, and says so by a <c>Gap</c>: it follows again and meets the kind's refusal. Does nothing when
    /// the connection does not follow.
    /// </summary>
    Task RevokeAsync(string connectionId, string topic);

    /// <summary>The authors hidden from this user (null: from any) have changed: asks the kinds again for all their connections to this node.</summary>
    Task RefreshHiddenAuthorsAsync(string? userId, CancellationToken cancellationToken);

    /// <summary>Stops every topic of a connection, on disconnect.</summary>
    Task UnfollowAllAsync(string connectionId, CancellationToken cancellationToken);

    /// <summary>
    /// Sends a signal to chosen connections of this node only (lyric cues), at once and one by one, whether or not they follow the topic.
    /// A connection that is too slow loses its oldest.
    /// </summary>
    void SignalLocal<T>(string topic, string type, T data, IEnumerable<string> connectionIds);

    /// <summary>How many connections of this node follow the topic.</summary>
    int LocalFollowers(string topic);

    /// <summary>Whether this connection follows the topic.</summary>
    bool IsFollowing(string connectionId, string topic);
}
