using System.Collections.Concurrent;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// How far ahead changes of a room are anchored, from the round trips that connections of this node reported. Members on other nodes are not
/// asked: load balancers do not sort people by distance, so those here stand for all.
/// </summary>
internal sealed class StartLeadTimes(RoomConnections connections)
{
    /// <summary>In a large room this many connections stand for all.</summary>
    private const int SampleSize = 200;

    private readonly ConcurrentDictionary<string, PathDelay> _paths = new();

    /// <summary>Notes the round trip a connection measured; refuses <c>clock.invalid_round_trip</c>.</summary>
    public void Report(string connectionId, double roundTripMs, double jitterMs)
    {
        if (!PathDelay.IsPlausible(roundTripMs, jitterMs))
            throw new RefusedException(RoomRefusals.InvalidRoundTrip);
        _paths[connectionId] = new(TimeSpan.FromMilliseconds(roundTripMs), TimeSpan.FromMilliseconds(jitterMs));
    }

    /// <summary>Drops what a connection reported that is gone.</summary>
    public void Forget(string connectionId) => _paths.TryRemove(connectionId, out _);

    /// <summary>The lead time of a room.</summary>
    public TimeSpan Of(string roomId) => LeadTime.For(KnownOf(roomId));

    private IEnumerable<PathDelay> KnownOf(string roomId)
    {
        foreach (var connectionId in connections.Sample(roomId, SampleSize))
        {
            if (_paths.TryGetValue(connectionId, out var path))
                yield return path;
        }
    }
}
