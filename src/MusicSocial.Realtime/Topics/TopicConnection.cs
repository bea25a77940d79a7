using Microsoft.AspNetCore.SignalR;

namespace MusicSocial.Realtime.Topics;

/// <summary>A connection of this node as topics see it: what it follows, and the way out to it.</summary>
internal sealed class TopicConnection
{
    public TopicConnection(HubConnectionContext connection, TimeProvider time)
    {
        Id = connection.ConnectionId;
        Seats = new(this);
        Outlet = new(connection, time);
    }

    public string Id { get; }

    public TopicSeats Seats { get; }

    public Outlet Outlet { get; }
}
