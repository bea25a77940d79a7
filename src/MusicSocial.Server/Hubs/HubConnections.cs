using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;
using MusicSocial.Server.Limits;

namespace MusicSocial.Server.Hubs;

/// <summary>The hub connections of this node: bounds how many one person and one network hold, and has them closed when their session ends.</summary>
internal sealed class HubConnections(EndedSessions sessions, IOptions<LimitOptions> options, RealtimeMetrics metrics)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, int> _held = new(StringComparer.Ordinal);

    /// <summary>Notes a connection that opens; refuses <c>rate.limited</c> when it is one too many.</summary>
    public void Opened(HubCallerContext connection)
    {
        var (user, network) = (CurrentUser.Require(connection.User), ClientNetwork.Of(connection.GetHttpContext()));
        Add(user.Id, network);
        connection.Items[typeof(ClientNetwork)] = network;
        if (user.SessionId is not null)
            sessions.Connected(user.SessionId, connection);
    }

    /// <summary>Forgets a connection; one that was refused was never noted.</summary>
    public void Closed(HubCallerContext connection)
    {
        sessions.Disconnected(connection.ConnectionId);
        if (connection.Items[typeof(ClientNetwork)] is ClientNetwork network)
            Remove(CurrentUser.Require(connection.User).Id, network);
    }

    /// <summary>Counts a connection; refuses it and counts nothing when it is one too many.</summary>
    internal void Add(string userId, ClientNetwork network)
    {
        if (Add(userId) > options.Value.ConnectionsOfUser)
        {
            Remove(userId);
        }
        else if (!network.IsLocal && Add(network.Name) > options.Value.ConnectionsOfNetwork)
        {
            Remove(userId, network);
        }
        else
        {
            return;
        }

        metrics.Refused("connection");
        throw new RefusedException(Refusals.RateLimited(RetryAfter));
    }

    /// <summary>Counts a connection no more.</summary>
    internal void Remove(string userId, ClientNetwork network)
    {
        Remove(userId);
        if (!network.IsLocal)
            Remove(network.Name);
    }

    private int Add(string holder) => _held.AddOrUpdate(holder, 1, static (_, count) => count + 1);

    private void Remove(string holder)
    {
        if (_held.AddOrUpdate(holder, 0, static (_, count) => count - 1) == 0)
            _held.TryRemove(KeyValuePair.Create(holder, 0));
    }
}
