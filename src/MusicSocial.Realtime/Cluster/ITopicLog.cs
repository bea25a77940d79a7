using System.Text.Json;

namespace MusicSocial.Realtime.Cluster;

/// <summary>An event before it has a number.</summary>
/// <param name="Type">E.g. <c>comment.posted</c>.</param>
/// <param name="Data">The payload, serialised once.</param>
/// <param name="IdempotencyKey">Two appends with one key within ten minutes are one event; <c>null</c> never deduplicates.</param>
public sealed record NewEvent(string Type, JsonElement Data, string? IdempotencyKey = null);

/// <summary>What a read of the log found.</summary>
/// <param name="Head">Position of the newest event at the time of reading.</param>
/// <param name="Recovered">False when the asked position is of another epoch, in the future, or older than what is retained.</param>
/// <param name="Events">Every event after the asked position up to <paramref name="Head"/>, in order; empty when not recovered.</param>
public sealed record TopicSlice(TopicPosition Head, bool Recovered, IReadOnlyList<TopicEvent> Events);

/// <summary>
/// The numbered, retained events of every topic. Appending also publishes to the <see cref="ITopicBus"/>, so that each node following
/// the topic receives the event.
/// </summary>
public interface ITopicLog
{
    /// <summary>Appends one event and returns it numbered; a repeated idempotency key returns the first append's event unchanged.</summary>
    ValueTask<(string Epoch, TopicEvent Event)> AppendAsync(string topic, NewEvent newEvent, CancellationToken cancellationToken);

    /// <summary>Reads everything after <paramref name="since"/>; <c>null</c> reads only the head (recovered: false).</summary>
    ValueTask<TopicSlice> ReadAsync(string topic, TopicPosition? since, CancellationToken cancellationToken);
}
