namespace MusicSocial.Realtime.Cluster;

/// <summary>
/// Who is where, as leases that lapse unless renewed: the users of a crashed node lapse with its leases. A person may be present
/// through several connections. The node renews the leases of connections that are connected to it; any other lease must be renewed by
/// arriving again before it lapses (<see cref="RealtimeOptions.PresenceLease"/>).
/// </summary>
public interface IPresence
{
    /// <summary>Takes or renews the lease of one connection of <paramref name="userId"/> at <paramref name="place"/> (e.g. <c>room:abc</c>). True when the person was not there before.</summary>
    ValueTask<bool> ArriveAsync(string place, string userId, string connectionId, CancellationToken cancellationToken);

    /// <summary>Gives the lease up. True when it was the person's last connection there.</summary>
    ValueTask<bool> LeaveAsync(string place, string userId, string connectionId, CancellationToken cancellationToken);

    /// <summary>Whether a person is present. Costs the same however many are.</summary>
    ValueTask<bool> IsPresentAsync(string place, string userId, CancellationToken cancellationToken);

    /// <summary>The people present, in no particular order, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<string>> WhoAsync(string place, int limit, CancellationToken cancellationToken);

    /// <summary>How many people are present.</summary>
    ValueTask<int> CountAsync(string place, CancellationToken cancellationToken);

    /// <summary>
    /// Calls <paramref name="changed"/> with a place and the people whose last lease there lapsed, so that callers need not poll. Each
    /// lapse is told on at least one node that has people at the place, within seconds; where no node has any it is told by none. With an empty
    /// list: leases this node holds there were lost and were put back. Must only enqueue. Observe before the first person arrives.
    /// </summary>
    void Observe(Action<string, IReadOnlyList<string>> changed);
}
