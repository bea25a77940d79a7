using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Hubs;

/// <summary>SignalR's own lifetime manager, which also shows every connection to the topic engine.</summary>
internal sealed class TopicHubLifetimeManager<THub>(
    ILogger<DefaultHubLifetimeManager<THub>> logger, TopicConnections connections, TopicFollowService following)
    : DefaultHubLifetimeManager<THub>(logger)
    where THub : Hub
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        connections.Open(connection);
        return base.OnConnectedAsync(connection);
    }

    public override async Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (connections.Close(connection.ConnectionId) is { } closed)
        {
            await following.UnfollowAllAsync(closed);
        }

        await base.OnDisconnectedAsync(connection);
    }
}
