using System.Text.Json.Serialization;

namespace MusicSocial.Realtime.Wire;

/// <summary>The answer to <c>Follow</c>: where the topic stands, and what the client needs to stand there too.</summary>
/// <param name="Topic">The followed topic.</param>
/// <param name="Position">The topic's position that <paramref name="Events"/> and <paramref name="Snapshot"/> lead up to.</param>
/// <param name="Recovered">True when <paramref name="Events"/> are exactly what was missed since the given position.</param>
/// <param name="Events">Missed events in offset order; empty when not recovered.</param>
/// <param name="Snapshot">The topic's present state when not recovered; absent otherwise.</param>
[JsonConverter(typeof(FollowAnswerConverter))]
public sealed record FollowAnswer(
    string Topic, TopicPosition Position, bool Recovered, IReadOnlyList<TopicEvent> Events, object? Snapshot)
{
    /// <summary>
    /// Runs while the answer is being written, under the connection's write lock: the follower goes live exactly then,
    /// so that no frame can overtake its answer.
    /// </summary>
    [JsonIgnore]
    internal Action? OnWritten { get; init; }
}
