using System.Collections.Frozen;

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
    /// Called after a connection began to follow and before it is answered; not for following again. If it throws, the follow fails; if not,
    /// <see cref="UnfollowedAsync"/> is called for it exactly once.
    /// </summary>
    Task FollowedAsync(string key, string userId, string connectionId, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Marks an event that a topic too busy to be read may leave out of a sample: then followers see about
    /// <see cref="RealtimeOptions.ReadablePerSecond"/>, and authors always their own. Null, the default: every follower gets it.
    /// </summary>
    SamplingHint? SamplingHintOf(TopicEvent topicEvent) => null;

    /// <summary>The user whose words or deeds an event carries; null, the default, when there is none.</summary>
    string? AuthorOf(TopicEvent topicEvent) => null;

    /// <summary>
    /// Authors whose events this user is not shown: they arrive withheld (<see cref="TopicEvent.Withhold"/>). Asked when a connection follows, and again by
    /// <see cref="ITopicSubscriptions.RefreshHiddenAuthorsAsync"/>. By default none.
    /// </summary>
    ValueTask<IReadOnlySet<string>> HiddenAuthorsAsync(string userId, CancellationToken cancellationToken) => new(FrozenSet<string>.Empty);

    /// <summary>
    /// What a client gets that resumes: all events up to the head, those withheld whose content was taken back by a later one. By default every event as it is.
    /// </summary>
    IReadOnlyList<TopicEvent> Redact(IReadOnlyList<TopicEvent> events) => events;

    /// <summary>Called after a connection stopped following, by <c>Unfollow</c> or by disconnecting.</summary>
    Task UnfollowedAsync(string key, string userId, string connectionId, CancellationToken cancellationToken) => Task.CompletedTask;
}
