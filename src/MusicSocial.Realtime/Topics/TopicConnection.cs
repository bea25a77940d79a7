using Microsoft.AspNetCore.SignalR;

namespace MusicSocial.Realtime.Topics;

/// <summary>A connection of this node as topics see it: what it follows, and the way out to it.</summary>
internal sealed class TopicConnection
{
    public TopicConnection(HubConnectionContext connection, TimeProvider time)
    {
        Id = connection.ConnectionId;
        Followed = new(this);
        Writer = new(connection, time);
    }

    public string Id { get; }

    public FollowedTopics Followed { get; }

    public ConnectionWriter Writer { get; }
}
