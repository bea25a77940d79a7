namespace MusicSocial.Realtime.Topics;

/// <summary>What a feature contributes to make its topics followable: who may follow, and where a newcomer starts.</summary>
public interface ITopicKind
{
    /// <summary>The part of the topic name before the colon, e.g. <c>track</c>.</summary>
    string Prefix { get; }

    /// <summary>Throws <see cref="RefusedException"/> unless <paramref name="userId"/> may follow the topic <c>{Prefix}:{key}</c>.</summary>
    Task AuthorizeAsync(string key, string userId, CancellationToken cancellationToken);

    /// <summary>
    /// The topic's present state for a newcomer, read after subscribing: it contains at least every event up to the head read
    /// before it. Null when there is nothing to show.
    /// </summary>
    Task<object?> SnapshotAsync(string key, string userId, CancellationToken cancellationToken);

    /// <summary>
    /// What a follower who was away gets of the events it missed, in the same order and under the same offsets: what was withdrawn since is replaced by its
    /// withdrawal. By default everything.
    /// </summary>
    Task<IReadOnlyList<TopicEvent>> ReviseAsync(string key, IReadOnlyList<TopicEvent> missed, CancellationToken cancellationToken) => Task.FromResult(missed);

    /// <summary>
    /// Called after a connection began to follow and before it is answered; not for following again. If it throws, the follow fails; if not,
    /// <see cref="UnfollowedAsync"/> is called for it exactly once.
    /// </summary>
    Task FollowedAsync(string key, string userId, string connectionId, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Marks an event that a topic too busy to be read may leave out of a sample: then followers see about
    /// <see cref="RealtimeOptions.ReadablePerSecond"/>, and authors always their own. Null, the default: every follower gets it.
    /// </summary>
    SamplingHint? SamplingHintOf(TopicEvent topicEvent) => null;

    /// <summary>Called after a connection stopped following, by <c>Unfollow</c> or by disconnecting.</summary>
    Task UnfollowedAsync(string key, string userId, string connectionId, CancellationToken cancellationToken) => Task.CompletedTask;
}
