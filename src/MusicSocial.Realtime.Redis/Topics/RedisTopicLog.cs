using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Redis.Connection;

namespace MusicSocial.Realtime.Redis.Topics;

/// <summary>The log of a hub of many nodes. While Redis is away a node goes on by itself; see <see cref="OfflineTopics"/>.</summary>
internal sealed partial class RedisTopicLog(
    TopicStore store, RedisTopicBus bus, OfflineTopics away, RedisConnection connection, ILogger<RedisTopicLog> logger, IUnsentEvents? unsent = null) : ITopicLog
{
    // What was decided is published, whether or not its author is still connected: nothing here can be cancelled, only time out.
    public async ValueTask<(string Epoch, TopicEvent Event)> AppendAsync(string topic, NewEvent newEvent, CancellationToken cancellationToken)
    {
        var keyed = IdempotencyKeys.With(newEvent);
        if (!away.Contains(topic))
        {
            try
            {
                return (await store.AppendAsync(topic, [keyed], CancellationToken.None))[0];
            }
            catch (RefusedException refused) when (refused.Refusal == HubRefusals.Unavailable)
            {
                // Whether it was appended is not known; its key will tell.
            }
        }

        var appended = away.Append(topic, keyed);
        await KeepAsync(topic, keyed);
        return appended;
    }

    public async ValueTask<TopicSlice> ReadAsync(string topic, TopicPosition? since, CancellationToken cancellationToken)
    {
        if (connection.IsUp && !away.Contains(topic))
        {
            try
            {
                return await store.ReadAsync(topic, since, cancellationToken);
            }
            catch (RefusedException refused) when (refused.Refusal == HubRefusals.Unavailable)
            {
                // As if it had been away before.
            }
        }

        // A topic that went on quietly stays in its numbering: where it stands is known here.
        return !away.Contains(topic) && bus.Find(topic)?.Position is { } head
            ? new(head, Recovered: head == since, [])
            : away.Read(topic, since);
    }

    private async Task KeepAsync(string topic, NewEvent keyed)
    {
        if (unsent is null)
            return;
        try
        {
            await unsent.KeepAsync(topic, keyed, CancellationToken.None);
            away.MarkStored(topic, keyed);
        }
        catch (Exception exception)
        {
            // This node has it, and sends it unless it dies before Redis is back.
            LogNotKept(exception, keyed.Type, topic);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Type} of {Topic} waits for Redis in this node's memory only.")]
    private partial void LogNotKept(Exception exception, string type, string topic);
}
