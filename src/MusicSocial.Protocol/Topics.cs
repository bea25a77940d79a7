using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicSocial.Protocol;

/// <summary>A place in a topic: wire <c>{epoch, offset}</c>. Offsets are comparable only within one epoch.</summary>
/// <param name="Epoch">Names one numbering of the topic; a new epoch means that the numbering was lost or restarted.</param>
/// <param name="Offset">Number of the last event seen; 0 before the first.</param>
public sealed record TopicPosition(string Epoch, long Offset);

/// <summary>A numbered event of a topic.</summary>
/// <param name="Offset">Its number: the previous event's plus one.</param>
/// <param name="Type">E.g. <c>comment.posted</c>; see docs/protocol.md.</param>
/// <param name="AtMs">Hub time at which it was appended, in milliseconds.</param>
/// <param name="Data">The payload, serialised once when it was published; <see cref="ReadData{T}"/> gives it a type.</param>
public sealed record TopicEvent(long Offset, string Type, double AtMs, JsonElement Data)
{
    /// <summary>Type of an event whose content its follower is not shown: it keeps the numbering whole, and its data is an empty object.</summary>
    public const string Withheld = "withheld";

    private static readonly JsonElement NoData = JsonSerializer.SerializeToElement(new { });

    /// <summary>The same event without its content, as a follower gets it who may not see that.</summary>
    public TopicEvent Withhold() => this with { Type = Withheld, Data = NoData };

    /// <summary>The data as one of the wire records, e.g. <see cref="Comment"/> for <c>comment.posted</c>.</summary>
    /// <exception cref="JsonException">The data has another shape.</exception>
    public T ReadData<T>() => WireJson.Read<T>(Data);
}

/// <summary>An unnumbered, droppable message of a topic: wire <c>{type, data}</c>. The latest of a type counts.</summary>
/// <param name="Type">E.g. <c>cue</c>, <c>reactions</c>, <c>listeners</c>, <c>typing</c>.</param>
/// <param name="Data">The payload, serialised once; <see cref="ReadData{T}"/> gives it a type.</param>
public sealed record TopicSignal(string Type, JsonElement Data)
{
    /// <summary>How the hub conflates several signals of this type within one tick; not sent to clients.</summary>
    [JsonIgnore]
    public SignalMerge Merge { get; init; }

    /// <summary>The data as one of the wire records, e.g. <see cref="ListenersView"/> for <c>listeners</c>.</summary>
    /// <exception cref="JsonException">The data has another shape.</exception>
    public T ReadData<T>() => WireJson.Read<T>(Data);
}

/// <summary>How signals of one type are conflated before they are delivered.</summary>
public enum SignalMerge
{
    /// <summary>The latest wins.</summary>
    Latest,

    /// <summary>The data are objects of whole numbers, added up key by key over one tick and all nodes.</summary>
    Sum,
}

/// <summary>The answer to <c>Follow</c>: the topic's position, and what the client needs to get there.</summary>
/// <param name="Topic">The followed topic.</param>
/// <param name="Position">The position that <paramref name="Events"/> or <paramref name="Snapshot"/> lead up to.</param>
/// <param name="Recovered">True when <paramref name="Events"/> are exactly what was missed since the given position.</param>
/// <param name="Events">Missed events in offset order; empty when not recovered.</param>
/// <param name="Snapshot">The topic's present state when not recovered; null otherwise. Read by a client it is a <see cref="JsonElement"/>.</param>
public record FollowAnswer(string Topic, TopicPosition Position, bool Recovered, IReadOnlyList<TopicEvent> Events, object? Snapshot);

/// <summary>Hub message <c>Frame</c>: events of one topic, in offset order.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Epoch">The numbering the offsets belong to.</param>
/// <param name="From">First offset covered; always the last offset received before, plus one.</param>
/// <param name="To">Last offset covered.</param>
/// <param name="Shown">How many of the covered events are included.</param>
/// <param name="Total">How many events are covered; more than <paramref name="Shown"/> when the frame is a sample.</param>
/// <param name="Events">The included events.</param>
public sealed record Frame(string Topic, string Epoch, long From, long To, int Shown, int Total, IReadOnlyList<TopicEvent> Events);

/// <summary>Hub message <c>Gap</c>: live delivery has stopped, because the client was too slow or the numbering restarted. Follow again to recover.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Epoch">The topic's present epoch.</param>
/// <param name="From">First offset of that epoch that was not delivered.</param>
/// <param name="To">Newest offset when delivery stopped.</param>
public sealed record Gap(string Topic, string Epoch, long From, long To);

/// <summary>Hub message <c>Signal</c>: unnumbered messages of one topic.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Signals">At most one per type for broadcast signals; cues one by one.</param>
public sealed record SignalBatch(string Topic, IReadOnlyList<TopicSignal> Signals);

/// <summary>Hub message <c>Draining</c>: this node is about to stop, and another one continues.</summary>
/// <param name="RetryAfterMs">Close the connection now and reconnect after this many milliseconds, to any node.</param>
public sealed record Draining(int RetryAfterMs);

/// <summary>Answer to hub method <c>Clock</c>.</summary>
/// <param name="ClientMs">The client's stamp, as sent.</param>
/// <param name="HubMs">Hub time in milliseconds.</param>
public sealed record ClockAnswer(double ClientMs, double HubMs);
