using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Load.Serving;

/// <summary>The live machinery behind the least a hub can be: no accounts, no database, what a client says goes to the topic.</summary>
internal sealed class LoadHub(ITopicPublisher publisher, ITopicSubscriptions subscriptions, NoteTopics notes) : Hub
{
    public Task<FollowAnswer> Follow(string topic, TopicPosition? since) =>
        subscriptions.FollowAsync(Context.ConnectionId, Context.ConnectionId, topic, since, Context.ConnectionAborted);

    public async Task Publish(string topic, JsonElement data)
    {
        notes.Keep(topic, data);
        await publisher.PublishAsync(topic, "note", data, idempotencyKey: null, Context.ConnectionAborted);
    }

    public override Task OnDisconnectedAsync(Exception? exception) => subscriptions.UnfollowAllAsync(Context.ConnectionId, CancellationToken.None);
}
