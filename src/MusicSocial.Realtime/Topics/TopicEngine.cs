using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Wire;
using MusicSocial.Sync;

namespace MusicSocial.Realtime.Topics;

/// <summary>The door: turns names into kinds, live topics and followers, and payloads into events and signals.</summary>
internal sealed class TopicEngine(
    TopicKinds kinds, TopicConnections connections, LiveTopics liveTopics, Following following,
    ITopicLog log, ITopicBus bus, IOptions<RealtimeOptions> options) : ITopics
{
    public Task<FollowAnswer> FollowAsync(
        string connectionId, string userId, string topic, TopicPosition? since, CancellationToken cancellationToken)
    {
        var name = TopicName.Parse(topic);
        var kind = kinds.For(name);
        var connection = connections.Find(connectionId) ?? throw new RefusedException(TopicRefusals.Disconnected);
        return following.BeginAsync(connection, userId, name, kind, since, cancellationToken);
    }

    public Task UnfollowAsync(string connectionId, string topic, CancellationToken cancellationToken) =>
        connections.Find(connectionId) is { } connection ? following.EndAsync(connection, topic) : Task.CompletedTask;

    public Task DismissAsync(string connectionId, string topic) =>
        connections.Find(connectionId) is { } connection ? following.DismissAsync(connection, topic) : Task.CompletedTask;

    public Task UnfollowAllAsync(string connectionId, CancellationToken cancellationToken) =>
        connections.Find(connectionId) is { } connection ? following.EndAllAsync(connection) : Task.CompletedTask;

    public async ValueTask<TopicPosition> PublishAsync<T>(
        string topic, string type, T data, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var name = TopicName.Parse(topic);
        var (epoch, topicEvent) = await log.AppendAsync(name.Full, new(type, Serialise(data), idempotencyKey), cancellationToken);
        return new(epoch, topicEvent.Offset);
    }

    public ValueTask SignalAsync<T>(string topic, string type, T data, CancellationToken cancellationToken) =>
        bus.SignalAsync(TopicName.Parse(topic).Full, new(type, Serialise(data)), cancellationToken);

    public ValueTask TallyAsync(string topic, string type, string key, int count, CancellationToken cancellationToken)
    {
        var sums = Serialise(new Dictionary<string, int>(StringComparer.Ordinal) { [key] = count });
        return bus.SignalAsync(TopicName.Parse(topic).Full, new(type, sums) { Merge = SignalMerge.Sum }, cancellationToken);
    }

    public void SignalLocal<T>(string topic, string type, T data, IEnumerable<string> connectionIds)
    {
        var message = TopicMessages.Signal(TopicName.Parse(topic).Full, [new(type, Serialise(data))]);
        foreach (var connectionId in connectionIds)
        {
            connections.Find(connectionId)?.Outlet.SendDirect(message);
        }
    }

    public int LocalFollowers(string topic) => liveTopics.Find(topic)?.FollowerCount ?? 0;

    public bool IsFollowing(string connectionId, string topic) => connections.Find(connectionId)?.Seats.Contains(topic) ?? false;

    private JsonElement Serialise<T>(T data)
    {
        // What came in as JSON is kept as it came, unless somebody else's memory holds it.
        var element = data is JsonElement { ValueKind: not JsonValueKind.Undefined } json
            ? json.Clone()
            : JsonSerializer.SerializeToElement(data, WireJson.Options);
        return JsonMarshal.GetRawUtf8Value(element).Length <= options.Value.EventBytes
            ? element
            : throw new RefusedException(TopicRefusals.TooLarge);
    }
}
