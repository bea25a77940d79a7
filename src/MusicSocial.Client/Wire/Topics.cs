using System.Text.Json;

namespace MusicSocial.Client.Wire;

/// <summary>A place in a topic. Offsets are comparable only within one epoch.</summary>
/// <param name="Epoch">Names one numbering of the topic; a new epoch means that the numbering was lost or restarted.</param>
/// <param name="Offset">Number of the last event seen; 0 before the first.</param>
public sealed record TopicPosition(string Epoch, long Offset);

/// <summary>A numbered event of a topic.</summary>
/// <param name="Offset">Its number: the previous event's plus one.</param>
/// <param name="Type">E.g. <c>comment.posted</c>.</param>
/// <param name="AtMs">Hub time at which it was appended, in milliseconds.</param>
/// <param name="Data">What happened; <see cref="ReadData{T}"/> gives it a shape.</param>
public sealed record TopicEvent(long Offset, string Type, double AtMs, JsonElement Data)
{
    /// <summary>The data as one of the wire records, e.g. <see cref="Comment"/> for <c>comment.posted</c>.</summary>
    /// <exception cref="JsonException">The data has another shape.</exception>
    public T ReadData<T>() => WireJson.Read<T>(Data);
}

/// <summary>Unnumbered news of a topic: may be lost, and the latest of a type counts.</summary>
/// <param name="Type">E.g. <c>listeners</c>.</param>
/// <param name="Data">What is; <see cref="ReadData{T}"/> gives it a shape.</param>
public sealed record TopicSignal(string Type, JsonElement Data)
{
    /// <summary>The data as one of the wire records, e.g. <see cref="ListenersView"/> for <c>listeners</c>.</summary>
    /// <exception cref="JsonException">The data has another shape.</exception>
    public T ReadData<T>() => WireJson.Read<T>(Data);
}

internal sealed record FollowAnswer(
    string Topic, TopicPosition Position, bool Recovered, IReadOnlyList<TopicEvent> Events, JsonElement? Snapshot);

internal sealed record Frame(string Topic, string Epoch, long From, long To, int Shown, int Total, IReadOnlyList<TopicEvent> Events);

internal sealed record Gap(string Topic, string Epoch, long From, long To);

internal sealed record SignalBatch(string Topic, IReadOnlyList<TopicSignal> Signals);

internal sealed record Draining(int RetryAfterMs);

internal sealed record ClockAnswer(double ClientMs, double HubMs);
