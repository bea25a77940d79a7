using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Cluster;

/// <summary>Presence of a hub that is one process; renews the leases of the connections that are still connected.</summary>
internal sealed class InProcessPresence(IHubClock clock, TopicConnections connections, IOptions<RealtimeOptions> options) : IPresence, IHeartbeat
{
    private readonly ConcurrentDictionary<string, PresencePlace> _places = new(StringComparer.Ordinal);
    private Action<string, IReadOnlyList<string>>[] _observers = [];

    /// <summary>How many places are kept.</summary>
    internal int Count => _places.Count;

    public ValueTask<bool> ArriveAsync(string place, string userId, string connectionId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var people = _places.GetOrAdd(place, static _ => new());
            lock (people)
            {
                if (!people.Forgotten)
                {
                    people.RemoveLapsed(clock.Now);
                    return new(people.Arrive(userId, connectionId, clock.Now + options.Value.PresenceLease));
                }
            }
        }
    }

    public ValueTask<bool> LeaveAsync(string place, string userId, string connectionId, CancellationToken cancellationToken) =>
        new(At(place, people => people.Leave(userId, connectionId)));

    public ValueTask<bool> IsPresentAsync(string place, string userId, CancellationToken cancellationToken) =>
        new(At(place, people => people.Contains(userId)));

    public ValueTask<IReadOnlyList<string>> WhoAsync(string place, int limit, CancellationToken cancellationToken) =>
        new(At<IReadOnlyList<string>>(place, people => [.. people.People.Take(limit)]) ?? []);

    public ValueTask<int> CountAsync(string place, CancellationToken cancellationToken) =>
        new(At(place, people => people.Count));

    public void Observe(Action<string, IReadOnlyList<string>> changed) => _observers = [.. _observers, changed];

    /// <summary>Until when the latest lease of a person lasts; null when there is none.</summary>
    internal HubTime? LeaseEnd(string place, string userId) => At(place, people => people.LeaseEnd(userId));

    /// <summary>All users present, place by place, and until when the latest lease of each lasts.</summary>
    internal IEnumerable<(string Place, IReadOnlyList<(string UserId, HubTime Until)> People)> Leases() =>
        _places.Select(entry => (entry.Key, At(entry.Key, people => people.LeaseEnds()) ?? []));

    public ValueTask BeatAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now;
        foreach (var (place, people) in _places)
        {
            IReadOnlyList<string> lapsed;
            lock (people)
            {
                people.Renew(connections.IsConnected, now + options.Value.PresenceLease);
                people.RemoveLapsed(now);
                lapsed = people.TakeLapsed();
                if (people.Count == 0)
                {
                    people.Forgotten = true;
                    _places.TryRemove(KeyValuePair.Create(place, people));
                }
            }

            if (lapsed.Count > 0)
            {
                foreach (var observer in _observers)
                {
                    observer(place, lapsed);
                }
            }
        }

        return default;
    }

    private T? At<T>(string place, Func<PresencePlace, T> action)
    {
        if (!_places.TryGetValue(place, out var people))
        {
            return default;
        }

        lock (people)
        {
            people.RemoveLapsed(clock.Now);
            return action(people);
        }
    }
}

/// <summary>The people at one place and the leases of their connections. Every access happens under a lock on the instance.</summary>
internal sealed class PresencePlace
{
    private readonly Dictionary<string, Dictionary<string, HubTime>> _leases = new(StringComparer.Ordinal);

    private List<string> _lapsed = [];

    // No lease ends before this: asking again and again costs nothing until then.
    private HubTime _earliestEnd = new(long.MaxValue);

    public int Count => _leases.Count;

    public IEnumerable<string> People => _leases.Keys;

    /// <summary>Set when the place was removed; a caller that still holds it must look it up again.</summary>
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
                _lapsed.Add(userId);
            }
        }
    }

    /// <summary>The people whose last lease lapsed since this was asked last.</summary>
    public IReadOnlyList<string> TakeLapsed()
    {
        if (_lapsed.Count == 0)
        {
            return [];
        }

        var lapsed = _lapsed;
        _lapsed = [];
        return lapsed;
    }
}
