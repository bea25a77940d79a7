
namespace MusicSocial.Realtime.Cluster;

/// <summary>The people at one place and the leases of their connections. Every access happens under a lock on the instance.</summary>
internal sealed class PresencePlace
{
    private readonly Dictionary<string, Dictionary<string, HubTime>> _leases = new(StringComparer.Ordinal);

    // No lease ends before this: asking again and again costs nothing until then.
    private HubTime _earliestEnd = new(long.MaxValue);

    public int Count => _leases.Count;

    public IEnumerable<string> People => _leases.Keys;

    /// <summary>Set when the place was removed; whoever still holds it must look again.</summary>
    public bool Forgotten { get; set; }

    public bool Contains(string userId) => _leases.ContainsKey(userId);

    public bool Arrive(string userId, string connectionId, HubTime until)
    {
        var isNew = !_leases.TryGetValue(userId, out var connections);
        if (connections is null)
        {
            _leases.Add(userId, connections = new(StringComparer.Ordinal));
        }

        connections[connectionId] = until;
        _earliestEnd = HubTime.Min(_earliestEnd, until);
        return isNew;
    }

    public HubTime? LeaseEnd(string userId) => _leases.TryGetValue(userId, out var connections) ? connections.Values.Max() : null;

    public IReadOnlyList<(string UserId, HubTime Until)> LeaseEnds() =>
        [.. _leases.Select(lease => (lease.Key, lease.Value.Values.Max()))];

    public bool Leave(string userId, string connectionId) =>
        _leases.TryGetValue(userId, out var connections)
        && connections.Remove(connectionId)
        && connections.Count == 0
        && _leases.Remove(userId);

    public void Renew(Func<string, bool> isConnected, HubTime until)
    {
        foreach (var connections in _leases.Values)
        {
            foreach (var connectionId in connections.Keys.Where(isConnected).ToArray())
            {
                connections[connectionId] = until;
            }
        }
    }

    public void RemoveLapsed(HubTime now)
    {
        if (now < _earliestEnd)
        {
            return;
        }

        _earliestEnd = new(long.MaxValue);
        foreach (var (userId, connections) in _leases.ToArray())
        {
            foreach (var (connectionId, until) in connections.ToArray())
            {
                if (until <= now)
                {
                    connections.Remove(connectionId);
                }
                else
                {
                    _earliestEnd = HubTime.Min(_earliestEnd, until);
                }
            }

            if (connections.Count == 0)
            {
                _leases.Remove(userId);
            }
        }
    }
}
