using Microsoft.AspNetCore.SignalR;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Tests.Rig;

/// <summary>The least a hub must do.</summary>
internal sealed class TestHub(ITopicPublisher publisher, ITopicSubscriptions subscriptions) : Hub
{
    private string UserId => Context.UserIdentifier ?? "ann";

    public Task<FollowAnswer> Follow(string topic, TopicPosition? since) =>
        subscriptions.FollowAsync(Context.ConnectionId, UserId, topic, since, Context.ConnectionAborted);

    public Task<FollowAnswer> FollowAs(string topic, string userId) =>
        subscriptions.FollowAsync(Context.ConnectionId, userId, topic, null, Context.ConnectionAborted);

    public Task<FollowAnswer> FollowSince(string topic, string userId, TopicPosition since) =>
        subscriptions.FollowAsync(Context.ConnectionId, userId, topic, since, Context.ConnectionAborted);

    public async Task FollowThenFail(string topic)
    {
        await subscriptions.FollowAsync(Context.ConnectionId, UserId, topic, null, Context.ConnectionAborted);
        throw new RefusedException(TestKind.Refused);
    }

    public Task Unfollow(string topic) => subscriptions.UnfollowAsync(Context.ConnectionId, topic, Context.ConnectionAborted);

    public async Task<TopicPosition> Publish(string topic, string type, string text) =>
        await publisher.PublishAsync(topic, type, new { text }, null, Context.ConnectionAborted);

    public async Task React(string topic, string emoji) =>
        await publisher.TallyAsync(topic, "reactions", emoji, 1, Context.ConnectionAborted);

    /// <summary>Cuts the wire, as a network does.</summary>
    public void Break() => Context.GetHttpContext()!.Abort();

    public string Echo(string text) => text;

    public Shapes EchoShapes(Shapes shapes) => shapes;
}

/// <summary>One of everything the wire carries.</summary>
internal sealed record Shapes(
    string Text, int Small, long Large, double Fraction, bool Flag, string? Absent, IReadOnlyList<string> List,
    IReadOnlyDictionary<string, int> Map, DayOfWeek Day);

/// <summary>Refusals become <c>code: message</c>, as the server's own filter does in its way.</summary>
internal sealed class RefusalFilter : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (RefusedException refused)
        {
            throw new HubException(refused.Refusal.Code, refused);
        }
    }
}
