using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace MusicSocial.Realtime.Topics;

/// <summary>Resolves names to kinds, connections and live topics for <see cref="TopicFollowService"/>.</summary>
/// <param name="kinds">Made when the first topic is followed: kinds end follows themselves, so they depend on this class.</param>
/// <param name="connections">The connections of this node.</param>
/// <param name="liveTopics">The topics followed on this node.</param>
/// <param name="follows">Begins and ends follows.</param>
/// <param name="options">Limits.</param>
internal sealed class TopicSubscriptions(
    Lazy<IEnumerable<ITopicKind>> kinds, TopicConnections connections, LiveTopics liveTopics, TopicFollowService follows,
    IOptions<RealtimeOptions> options) : ITopicSubscriptions
{
    private readonly Lazy<FrozenDictionary<string, ITopicKind>> _kinds =
        new(() => kinds.Value.ToFrozenDictionary(kind => kind.Prefix, StringComparer.Ordinal));

    public Task<FollowAnswer> FollowAsync(
        string connectionId, string userId, string topic, TopicPosition? since, CancellationToken cancellationToken)
    {
        var name = TopicName.Parse(topic);
        var kind = _kinds.Value.GetValueOrDefault(name.Prefix) ?? throw new RefusedException(TopicRefusals.Unknown);
        var connection = connections.Find(connectionId) ?? throw new RefusedException(TopicRefusals.Disconnected);
        return follows.FollowAsync(connection, userId, name, kind, since, cancellationToken);
    }

    public Task UnfollowAsync(string connectionId, string topic, CancellationToken cancellationToken) =>
        connections.Find(connectionId) is { } connection ? follows.UnfollowAsync(connection, topic) : Task.CompletedTask;

    public Task RevokeAsync(string connectionId, string topic) =>
        connections.Find(connectionId) is { } connection ? follows.RevokeAsync(connection, topic) : Task.CompletedTask;

    public async Task RefreshHiddenAuthorsAsync(string? userId, CancellationToken cancellationToken)
    {
        foreach (var follower in connections.All.SelectMany(connection => connection.Followed.ToArray()))
        {
            if (userId is null || follower.UserId == userId)
                follower.HiddenAuthors = await follower.Kind.HiddenAuthorsAsync(follower.UserId, cancellationToken);
        }
    }

    public Task UnfollowAllAsync(string connectionId, CancellationToken cancellationToken) =>
        connections.Find(connectionId) is { } connection ? follows.UnfollowAllAsync(connection) : Task.CompletedTask;

    public void SignalLocal<T>(string topic, string type, T data, IEnumerable<string> connectionIds)
    {
        var message = TopicMessages.Signal(TopicName.Parse(topic).Full, [new(type, TopicPublisher.Serialise(data, options.Value))]);
        foreach (var connectionId in connectionIds)
        {
            connections.Find(connectionId)?.Writer.SendDirect(message);
        }
    }

    public int LocalFollowers(string topic) => liveTopics.Find(topic)?.FollowerCount ?? 0;

    public bool IsFollowing(string connectionId, string topic) => connections.Find(connectionId)?.Followed.Contains(topic) ?? false;
}
