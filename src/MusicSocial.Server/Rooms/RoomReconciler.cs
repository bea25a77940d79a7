using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// Brings a room together with its leases and with the connections of this node: removes those who have no access any more, marks members absent for
/// whom no lease speaks, marks members present who are connected here, and vacates an empty room. A member whose lease is missing is marked absent only when it lapsed or was missing twice in a row:
/// leases may have been lost for a moment. No member is marked absent within the grace after this node started or the leases were lost: the
/// members are on their way back.
/// </summary>
internal sealed class RoomReconciler(
    RoomConnections connections, RoomMembership membership, RoomAccess access, ListenerCounts counts, IPresence presence,
    IOptions<RoomOptions> options, TimeProvider time)
{
    /// <summary>Rooms with fewer present are asked for whole, in one question.</summary>
    private const int Few = 128;

    private readonly ConcurrentDictionary<string, Suspicion> _suspicions = new();
    private readonly long _started = time.GetTimestamp();

    /// <summary>The leases of these members lapsed: they need not be missing a second time.</summary>
    public void NoteLapsed(string roomId, IReadOnlyList<string> userIds)
    {
        SuspicionOf(roomId).Add(userIds);
        counts.Changed(roomId);
    }

    /// <summary>Leases of a room were lost: members who are missing may be on their way back.</summary>
    public void NoteLost(string roomId) => SuspicionOf(roomId).Since = time.GetTimestamp();

    /// <summary>Reconciles a room; true when members were missing whom it must be asked for again.</summary>
    public async Task<bool> ReconcileAsync(LiveRoom live, CancellationToken cancellationToken)
    {
        await access.EnforceAsync(live);
        var some = await presence.WhoAsync(live.Topic, Few, cancellationToken);
        var absent = await AbsentAsync(live, some, cancellationToken);
        var isOpen = await MarkAbsentAsync(live, absent);
        await MarkPresentAsync(live);
        // The last member that is marked absent vacates the room; this is for one that knew none of those who left.
        if (some.Count == 0 && absent.Count == 0 && !live.Room.Vacant && !connections.HasMembers(live.Id))
            await membership.VacateAsync(live.Id);
        return isOpen;
    }

    /// <summary>Whether a room does not agree with the connections of this node. Asks nothing.</summary>
    public bool IsNeeded(Room room) => access.NeedsEnforcement(room) || MissingHere(room).Any();

    /// <summary>Whether no member of the room is connected to this node.</summary>
    public bool IsRemote(string roomId) => !connections.HasMembers(roomId);

    public void Forget(string roomId) => _suspicions.TryRemove(roomId, out _);

    private async Task<HashSet<string>> AbsentAsync(LiveRoom live, IReadOnlyList<string> some, CancellationToken cancellationToken)
    {
        var absent = live.Room.Members.Where(member => member.Present).Select(member => member.UserId).Except(some).ToHashSet();
        if (some.Count < Few)
            return absent;
        foreach (var userId in absent.ToList())
        {
            if (await presence.IsPresentAsync(live.Topic, userId, cancellationToken))
                absent.Remove(userId);
        }

        return absent;
    }

    private async Task<bool> MarkAbsentAsync(LiveRoom live, HashSet<string> absent)
    {
        if (absent.Count == 0)
        {
            Forget(live.Id);
            return false;
        }

        var suspicion = SuspicionOf(live.Id);
        var before = suspicion.Replace(absent);
        if (time.GetElapsedTime(suspicion.Since) < options.Value.Grace)
            return true;
        var missing = absent.Where(userId => !connections.Has(live.Id, userId)).ToList();
        foreach (var userId in missing.Where(before.Contains))
            await membership.MarkAbsentAsync(live.Id, userId);
        return missing.Any(userId => !before.Contains(userId));
    }

    private async Task MarkPresentAsync(LiveRoom live)
    {
        foreach (var userId in MissingHere(live.Room).ToList())
            await membership.MarkPresentAsync(live.Id, userId);
    }

    // A large room knows only some of its members, and counts none it does not know as absent.
    private IEnumerable<string> MissingHere(Room room) => !room.Vacant && room.Members.Length >= RoomLimits.SmallRoom
        ? []
        : connections.Connected(room.Id, RoomLimits.SmallRoom).Where(userId => room.Vacant || room.Member(userId) is not { Present: true });

    private Suspicion SuspicionOf(string roomId) => _suspicions.GetOrAdd(roomId, _ => new(_started));

    /// <summary>Who was missing when a room was reconciled last, and since when they may be marked absent after the grace.</summary>
    private sealed class Suspicion(long since)
    {
        private readonly Lock _gate = new();
        private HashSet<string> _missing = [];

        public long Since { get; set; } = since;

        public void Add(IReadOnlyList<string> userIds)
        {
            lock (_gate)
                _missing = [.. _missing, .. userIds];
        }

        public HashSet<string> Replace(HashSet<string> missing)
        {
            lock (_gate)
            {
                var before = _missing;
                _missing = missing;
                return before;
            }
        }
    }
}
