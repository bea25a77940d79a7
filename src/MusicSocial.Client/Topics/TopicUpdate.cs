using System.Text.Json;

namespace MusicSocial.Client.Topics;

/// <summary>What a follower of a topic gets to see next: a <see cref="TopicStarted"/>, a <see cref="TopicHappened"/> or a <see cref="TopicSampled"/>.</summary>
/// <param name="Position">Where the topic stands with it.</param>
public abstract record TopicUpdate(TopicPosition Position);

/// <summary>
/// The topic's whole state: start again from this, what came before is void. Comes first of all, and again when too much was missed or the
/// numbering was lost. It may already contain the next few events: applying them again must be harmless.
/// </summary>
/// <param name="Position">The epoch and offset the snapshot leads up to.</param>
/// <param name="Snapshot">Shaped by the kind of topic, e.g. <see cref="TrackSnapshot"/>.</param>
public sealed record TopicStarted(TopicPosition Position, JsonElement Snapshot) : TopicUpdate(Position)
{
    /// <summary>The snapshot as one of the wire records.</summary>
    /// <exception cref="JsonException">It has another shape.</exception>
    public T ReadSnapshot<T>() => WireJson.Read<T>(Snapshot);
}

/// <summary>Something happened: the next event, in order, once.</summary>
/// <param name="Position">The event's own epoch and offset.</param>
/// <param name="Event">What happened.</param>
public sealed record TopicHappened(TopicPosition Position, TopicEvent Event) : TopicUpdate(Position);

/// <summary>More events than a person could read: some were left out. They are in history.</summary>
/// <param name="Position">The last event that was left out or shown.</param>
/// <param name="Shown">How many came, as the <see cref="TopicHappened"/> right before this.</param>
/// <param name="Total">How many happened, more than <paramref name="Shown"/>.</param>
public sealed record TopicSampled(TopicPosition Position, int Shown, int Total) : TopicUpdate(Position)
{
    /// <summary>How many were left out, 1 or more.</summary>
    public int LeftOut => Total - Shown;
}
