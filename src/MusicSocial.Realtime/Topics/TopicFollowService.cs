using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;

namespace MusicSocial.Realtime.Topics;

/// <summary>How a connection begins and ends to follow a topic.</summary>
internal sealed partial class TopicFollowService(
    LiveTopics liveTopics, IOptions<RealtimeOptions> options, RealtimeMetrics metrics,
    ILogger<TopicFollowService> logger) : IPeriodicTask
{
    /// <summary>Adds the follower, subscribes, reads, and answers; the follower goes live when the answer is written.</summary>
    public async Task<FollowAnswer> FollowAsync(
        TopicConnection connection, string userId, TopicName topic, ITopicKind kind, TopicPosition? since, CancellationToken cancellationToken)
    {
        var (follower, isNew) = connection.Followed.GetOrAdd(topic, kind, userId, options.Value.TopicsPerConnection);
        var hasBegun = isNew;
        try
        {
            await kind.AuthorizeAsync(topic.Key, userId, cancellationToken);
            follower.HiddenAuthors = await kind.HiddenAuthorsAsync(userId, cancellationToken);
            var live = await AttachAsync(follower, cancellationToken);
            hasBegun = true;
            var attempt = live.Join(follower);
            var answer = await CatchUpAsync(live, follower, since, cancellationToken);
            live.Place(follower, attempt, answer.Position);
            if (isNew)
            {
                await AnnounceAsync(follower, cancellationToken);
            }

            metrics.Followed(answer.Recovered);
            return new LiveFollowAnswer(answer, () => live.GoLive(follower, attempt));
        }
        catch when (hasBegun)
        {
            // A refused repetition leaves the earlier follow as it was; a follow that got further than that has nothing to fall back to.
            await UnfollowAsync(connection, topic.Full);
            throw;
        }
    }

    /// <summary>Removes the follower, if there is one, and notifies the kind.</summary>
    public async Task UnfollowAsync(TopicConnection connection, string topic)
    {
        if (connection.Followed.Remove(topic) is not { } follower)
        {
            return;
        }

        if (follower.Live is { } live)
        {
            live.Leave(follower);
            liveTopics.Release(live);
        }

        if (follower.IsAnnounced)
        {
            await NotifyUnfollowedAsync(follower);
        }
    }

    /// <summary>Ends a follow that is not allowed any more. The connection gets a gap, follows again, and is refused.</summary>
    public async Task RevokeAsync(TopicConnection connection, string topic)
    {
        var withheld = connection.Followed.Find(topic) is { Live: { } held } follower ? held.Withheld(follower) : null;
        await UnfollowAsync(connection, topic);
        if (withheld is not null)
        {
            connection.Writer.Send(withheld);
        }
    }

    public async Task UnfollowAllAsync(TopicConnection connection)
    {
        foreach (var follower in connection.Followed.ToArray())
        {
            await UnfollowAsync(connection, follower.Topic.Full);
        }
    }

    /// <summary>Drops followers whose answer was never written: the call failed after following, or its result was not awaited.</summary>
    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        foreach (var follower in liveTopics.ToArray().SelectMany(live => live.Unanswered()))
        {
            LogUnanswered(follower.Topic.Full, follower.Connection.Id);
            await UnfollowAsync(follower.Connection, follower.Topic.Full);
        }
    }

    private async Task<LiveTopic> AttachAsync(Follower follower, CancellationToken cancellationToken)
    {
        var live = await liveTopics.HoldAsync(follower.Topic.Full, follower.Kind, cancellationToken);
        if (follower.Connection.Followed.TryAttach(follower, live))
        {
            return live;
        }

        liveTopics.Release(live);
        return follower is { HasLeft: false, Live: { } held } ? held : throw new RefusedException(TopicRefusals.Disconnected);
    }

    private static async Task<FollowAnswer> CatchUpAsync(
        LiveTopic live, Follower follower, TopicPosition? since, CancellationToken cancellationToken)
    {
        if (since is not null)
        {
            if (live.TryRead(since, out var position, out var events))
            {
                return Recovered(live.Name, position, events, follower);
            }

            var slice = await live.Backfill.SinceAsync(since, cancellationToken);
            if (slice.Recovered)
            {
                return Recovered(live.Name, slice.Head, slice.Events, follower);
            }
        }

        // The head first: whatever happens while the snapshot is read comes as frames, twice rather than never.
        var head = live.Head;
        var snapshot = await follower.Kind.SnapshotAsync(follower.Topic.Key, follower.UserId, cancellationToken);
        return new(live.Name, head, Recovered: false, [], snapshot);
    }

    private static FollowAnswer Recovered(string topic, TopicPosition position, IReadOnlyList<TopicEvent> events, Follower follower)
    {
        var missed = follower.Kind.Redact(events);
        if (follower.HiddenAuthors is { Count: > 0 } hidden)
            missed = [.. missed.Select(missed => follower.Kind.AuthorOf(missed) is { } author && hidden.Contains(author) ? missed.Withhold() : missed)];
        return new(topic, position, Recovered: true, missed, Snapshot: null);
    }

    private async Task AnnounceAsync(Follower follower, CancellationToken cancellationToken)
    {
        await follower.Kind.FollowedAsync(follower.Topic.Key, follower.UserId, follower.Connection.Id, cancellationToken);
        if (!follower.Connection.Followed.TryAnnounce(follower))
        {
            await NotifyUnfollowedAsync(follower);
            throw new RefusedException(TopicRefusals.Disconnected);
        }
    }

    private async Task NotifyUnfollowedAsync(Follower follower)
    {
        try
        {
            // Not cancellable: it is clean-up, and the connection is often gone already.
            await follower.Kind.UnfollowedAsync(follower.Topic.Key, follower.UserId, follower.Connection.Id, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogEndFailed(exception, follower.Topic.Full, follower.Connection.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The answer to following {Topic} on {Connection} was never written; the follow is dropped.")]
    private partial void LogUnanswered(string topic, string connection);

    [LoggerMessage(Level = LogLevel.Error, Message = "The kind of {Topic} failed to handle that {Connection} stopped following; presence derived from it lapses with its lease.")]
    private partial void LogEndFailed(Exception exception, string topic, string connection);
}
