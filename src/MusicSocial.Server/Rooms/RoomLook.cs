using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// A look at who is in a room: tells the number when it is another than everybody knows, misses those who are nowhere to be found, and insists on
/// those who sit here although the room takes them for absent. Nobody is missed at first sight: leases may have been lost for a moment. And nobody is
/// missed in a room first looked at within the grace: the hub may have been restarted, and its people are on their way back.
/// </summary>
internal sealed class RoomLook(
    LiveRooms rooms, RoomSeats seats, RoomAttendance attendance, RoomDoorman doorman, ListenerCounts counts, IPresence presence,
    IOptions<RoomOptions> options, TimeProvider time)
{
    /// <summary>Rooms with fewer people are looked at whole, in one question.</summary>
    private const int Few = 128;

    private readonly ConcurrentDictionary<string, Sight> _sights = new();

    public async Task TakeAsync(string roomId, CancellationToken cancellationToken)
    {
        if (await rooms.FindAsync(roomId, cancellationToken) is not { } live)
            return;
        await doorman.SeeOutAsync(live);
        var some = await presence.WhoAsync(live.Topic, Few, cancellationToken);
        var count = some.Count < Few ? some.Count : await presence.CountAsync(live.Topic, cancellationToken);
        counts.Counted(roomId, count);
        await MissAsync(live, await AbsentAsync(live, some, cancellationToken));
        await InsistAsync(live);
        if (count == 0 && !live.Room.Vacant && !seats.Any(roomId))
            await attendance.VacateAsync(roomId);
    }

    public void Forget(string roomId) => _sights.TryRemove(roomId, out _);

    /// <summary>Forgets every room but these.</summary>
    public void ForgetAllBut(IEnumerable<string> roomIds)
    {
        foreach (var roomId in _sights.Keys.Except(roomIds))
            Forget(roomId);
    }

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

    private async Task MissAsync(LiveRoom live, HashSet<string> absent)
    {
        var sight = _sights.GetOrAdd(live.Id, _ => new(time.GetTimestamp()));
        var before = sight.Absent;
        sight.Absent = absent;
        if (time.GetElapsedTime(sight.Since) < options.Value.Grace)
            return;
        foreach (var userId in absent.Where(userId => before.Contains(userId) && !seats.Has(live.Id, userId)))
            await attendance.MissAsync(live.Id, userId);
    }

    private async Task InsistAsync(LiveRoom live)
    {
        // A large room knows only some of its people, and takes nobody it does not know for absent.
        if (!live.Room.Vacant && live.Room.Members.Length >= RoomLimits.SmallRoom)
            return;
        foreach (var userId in seats.Connected(live.Id).Take(RoomLimits.SmallRoom))
        {
            if (live.Room.Vacant || live.Room.Member(userId) is not { Present: true })
                await attendance.InsistAsync(live.Id, userId);
        }
    }

    /// <summary>Since when a room is looked at, and who was nowhere to be found at the last look.</summary>
    private sealed class Sight(long since)
    {
        public long Since => since;

        public HashSet<string> Absent { get; set; } = [];
    }
}
