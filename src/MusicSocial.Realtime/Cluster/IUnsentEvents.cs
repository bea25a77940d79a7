namespace MusicSocial.Realtime.Cluster;

/// <summary>An event that was promised but may not be in the log.</summary>
/// <param name="Id">Names it among the kept.</param>
/// <param name="Topic">Where it belongs.</param>
/// <param name="Event">The event; it has a key.</param>
public sealed record UnsentEvent(string Id, string Topic, NewEvent Event);

/// <summary>
/// Where a node keeps what it promised while the backplane was away, so that it outlives the node: whichever node reaches the
/// backplane gives it to the log. Giving it twice is harmless, because every event has a key.
/// </summary>
public interface IUnsentEvents
{
    /// <summary>Keeps an event; durable when it returns.</summary>
    Task KeepAsync(string topic, NewEvent newEvent, CancellationToken cancellationToken);

    /// <summary>The oldest that are kept, in order, by whichever node.</summary>
    Task<IReadOnlyList<UnsentEvent>> OldestAsync(int most, CancellationToken cancellationToken);

    /// <summary>These are in the log.</summary>
    Task ForgetAsync(IReadOnlyCollection<UnsentEvent> sent, CancellationToken cancellationToken);
}
