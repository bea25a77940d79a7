using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Rooms;

namespace MusicSocial.Server.Hubs;

/// <summary>
/// Where clients' live calls arrive. Each slice adds its methods in a part of its own; a method resolves, acts and returns.
/// </summary>
[Authorize]
internal sealed partial class ListeningHub(ITopicSubscriptions topics, IHubClock clock, StartLeadTimes leadTimes, HubConnections connections) : Hub
{
    private CurrentUser CurrentUser => CurrentUser.Require(Context.User);

    private ClientNetwork Network => ClientNetwork.Of(Context.GetHttpContext());

    /// <summary>Answers a clock probe: the client's own stamp beside the hub time it was read at.</summary>
    public ClockAnswer Clock(double clientMs) => new(clientMs, clock.Now.Ms);

    /// <summary>Follows a topic, resuming after <paramref name="since"/> when that is still possible.</summary>
    public Task<FollowAnswer> Follow(string topic, TopicPosition? since) =>
        topics.FollowAsync(Context.ConnectionId, CurrentUser.Id, topic, since, Context.ConnectionAborted);

    /// <summary>Stops following a topic.</summary>
    public Task Unfollow(string topic) => topics.UnfollowAsync(Context.ConnectionId, topic, Context.ConnectionAborted);

    /// <inheritdoc/>
    public override Task OnConnectedAsync()
    {
        connections.Opened(Context);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        connections.Closed(Context);
        leadTimes.Forget(Context.ConnectionId);
        return topics.UnfollowAllAsync(Context.ConnectionId, CancellationToken.None);
    }
}
