using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Wire;
using MusicSocial.Sync;

namespace MusicSocial.Realtime.Topics;

/// <summary>How a connection begins and ends to follow a topic.</summary>
internal sealed partial class Following(
    LiveTopics liveTopics, TopicKinds kinds, IOptions<RealtimeOptions> options, RealtimeMetrics metrics,
    ILogger<Following> logger) : IUpkeep
{
    /// <summary>Takes a seat, subscribes, reads, and answers; the follower goes live when the answer is written.</summary>
    public async Task<FollowAnswer> BeginAsync(
        TopicConnection connection, string userId, TopicName topic, ITopicKind kind, TopicPosition? since, CancellationToken cancellationToken)
    {
        var (follower, isNew) = connection.Seats.Take(topic, userId, options.Value.TopicsPerConnection);
        var hasBegun = isNew;
        try
        {
            await kind.AuthorizeAsync(topic.Key, userId, cancellationToken);
            var live = await AttachAsync(follower, cancellationToken);
            hasBegun = true;
            var round = live.Join(follower);
            var answer = await CatchUpAsync(live, kind, follower, since, cancellationToken);
            live.Place(follower, round, answer.Position);
            if (isNew)
            {
                await AnnounceAsync(follower, kind, cancellationToken);
            }

            metrics.Followed(answer.Recovered);
            return answer with { OnWritten = () => live.GoLive(follower, round) };
        }
        catch when (hasBegun)
        {
            // A refused repetition leaves the seat as it was; a follow that got further than that has nothing to fall back to.
            await EndAsync(connection, topic.Full);
            throw;
        }
    }

    /// <summary>Gives the seat up, if there is one, and tells the kind.</summary>
    public async Task EndAsync(TopicConnection connection, string topic)
    {
        if (connection.Seats.Leave(topic) is not { } follower)
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
            await TellEndAsync(follower);
        }
    }

    /// <summary>Ends a follow that is not allowed any more. The connection hears of a gap, follows again, and meets the refusal.</summary>
    public async Task DismissAsync(TopicConnection connection, string topic)
    {
        var withheld = connection.Seats.Find(topic) is { Live: { } held } follower ? held.Withheld(follower) : null;
        await EndAsync(connection, topic);
        if (withheld is not null)
        {
            connection.Outlet.Send(withheld);
        }
    }

    public async Task EndAllAsync(TopicConnection connection)
    {
        foreach (var follower in connection.Seats.ToArray())
        {
            await EndAsync(connection, follower.Topic.Full);
        }
    }

    /// <summary>Drops followers whose answer was never written: the call failed after following, or nobody waited for its result.</summary>
    public async ValueTask UpkeepAsync(CancellationToken cancellationToken)
    {
        foreach (var follower in liveTopics.ToArray().SelectMany(live => live.Unanswered()))
        {
            LogUnanswered(follower.Topic.Full, follower.Connection.Id);
            await EndAsync(follower.Connection, follower.Topic.Full);
        }
    }

    private async Task<LiveTopic> AttachAsync(Follower follower, CancellationToken cancellationToken)
    {
        var live = await liveTopics.HoldAsync(follower.Topic.Full, cancellationToken);
        if (follower.Connection.Seats.TryAttach(follower, live))
        {
            return live;
        }

        liveTopics.Release(live);
        return follower is { HasLeft: false, Live: { } held } ? held : throw new RefusedException(TopicRefusals.Disconnected);
    }

    private static async Task<FollowAnswer> CatchUpAsync(
        LiveTopic live, ITopicKind kind, Follower follower, TopicPosition? since, CancellationToken cancellationToken)
    {
        if (since is not null)
        {
            if (live.TryRead(since, out var position, out var events))
            {
                return new(live.Name, position, Recovered: true, events, Snapshot: null);
            }

            var slice = await live.Missed.SinceAsync(since, cancellationToken);
            if (slice.Recovered)
            {
                return new(live.Name, slice.Head, Recovered: true, slice.Events, Snapshot: null);
            }
        }

        // The head first: whatever happens while the snapshot is read comes as frames, twice rather than never.
        var head = live.Head;
        var snapshot = await kind.SnapshotAsync(follower.Topic.Key, follower.UserId, cancellationToken);
        return new(live.Name, head, Recovered: false, [], snapshot);
    }

    private async Task AnnounceAsync(Follower follower, ITopicKind kind, CancellationToken cancellationToken)
    {
        await kind.FollowedAsync(follower.Topic.Key, follower.UserId, follower.Connection.Id, cancellationToken);
        if (!follower.Connection.Seats.TryAnnounce(follower))
        {
            await TellEndAsync(follower);
            throw new RefusedException(TopicRefusals.Disconnected);
        }
    }

    private async Task TellEndAsync(Follower follower)
    {
        try
        {
            // Not cancellable: it is clean-up, and the connection is often gone already.
            await kinds.For(follower.Topic).UnfollowedAsync(follower.Topic.Key, follower.UserId, follower.Connection.Id, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogEndFailed(exception, follower.Topic.Full, follower.Connection.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Nobody took the answer to following {Topic} on {Connection}; dropped.")]
    private partial void LogUnanswered(string topic, string connection);

    [LoggerMessage(Level = LogLevel.Error, Message = "The end of following {Topic} on {Connection} could not be handled.")]
    private partial void LogEndFailed(Exception exception, string topic, string connection);
}
