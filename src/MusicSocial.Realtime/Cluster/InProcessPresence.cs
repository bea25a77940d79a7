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

    /// <summary>Until when the latest lease of a person lasts; null when there is none.</summary>
    internal HubTime? LeaseEnd(string place, string userId) => At(place, people => people.LeaseEnd(userId));

    /// <summary>Everybody here, place by place, and until when the latest lease of each lasts.</summary>
    internal IEnumerable<(string Place, IReadOnlyList<(string UserId, HubTime Until)> People)> Leases() =>
        _places.Select(entry => (entry.Key, At(entry.Key, people => people.LeaseEnds()) ?? []));

    public ValueTask BeatAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now;
        foreach (var (place, people) in _places)
        {
            lock (people)
            {
                people.Renew(connections.IsConnected, now + options.Value.PresenceLease);
                people.RemoveLapsed(now);
                if (people.Count == 0)
                {
                    people.Forgotten = true;
                    _places.TryRemove(KeyValuePair.Create(place, people));
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
