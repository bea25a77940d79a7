using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Topics;

/// <summary>Serialises payloads once and gives them to the log (events) or the bus (signals).</summary>
internal sealed class TopicPublisher(ITopicLog log, ITopicBus bus, IOptions<RealtimeOptions> options) : ITopicPublisher
{
    public async ValueTask<TopicPosition> PublishAsync<T>(
        string topic, string type, T data, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var name = TopicName.Parse(topic);
        var (epoch, topicEvent) = await log.AppendAsync(name.Full, new(type, Serialise(data, options.Value), idempotencyKey), cancellationToken);
        return new(epoch, topicEvent.Offset);
    }

    public ValueTask SignalAsync<T>(string topic, string type, T data, CancellationToken cancellationToken) =>
        bus.SignalAsync(TopicName.Parse(topic).Full, new(type, Serialise(data, options.Value)), cancellationToken);

    public ValueTask TallyAsync(string topic, string type, string key, int count, CancellationToken cancellationToken)
    {
        var sums = Serialise(new Dictionary<string, int>(StringComparer.Ordinal) { [key] = count }, options.Value);
        return bus.SignalAsync(TopicName.Parse(topic).Full, new(type, sums) { Merge = SignalMerge.Sum }, cancellationToken);
    }

    /// <summary>The payload as it travels; refused with <c>topic.too_large</c> beyond <see cref="RealtimeOptions.EventBytes"/>.</summary>
    internal static JsonElement Serialise<T>(T data, RealtimeOptions options)
    {
        // JSON that came in as JSON is kept as it came; the clone detaches it from a document its owner may dispose.
        var element = data is JsonElement { ValueKind: not JsonValueKind.Undefined } json
            ? json.Clone()
            : JsonSerializer.SerializeToElement(data, WireJson.Options);
        return JsonMarshal.GetRawUtf8Value(element).Length <= options.EventBytes
            ? element
            : throw new RefusedException(TopicRefusals.TooLarge);
    }
}
