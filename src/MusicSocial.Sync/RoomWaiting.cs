using System.Collections.Immutable;

namespace MusicSocial.Sync;

/// <summary>
/// Waiting for all members at the start of a track. A room that waits plays already, on a line that begins when its patience ends: clients need no
/// state of their own for it, and nothing has to happen for the music to start. It starts sooner once all are ready. A member who let a wait run
/// out is not waited for again until they were ready for a track. Boundaries between tracks are crossed without waiting.
/// </summary>
internal static class RoomWaiting
{
    /// <summary>Whether the room waits for a member.</summary>
    public static bool IsWaiting(this Room room, HubTime now) => !room.Awaited.IsEmpty && now < room.Timeline.AnchoredAt;

    /// <summary>The room with a wait that is over behind it.</summary>
    public static Room GiveUpWaiting(this Room room, HubTime now) => room.Awaited.IsEmpty || room.IsWaiting(now)
        ? room
        : room with { Awaited = [], Overdue = [.. room.Overdue.Union(room.Awaited).Where(userId => room.Member(userId) is not null)] };

    /// <summary>What became of a room by a command, with those the start is to wait for.</summary>
    public static Room HoldBack(this Room room, Room before, CommandTime at)
    {
        var known = room.Members == before.Members ? room : room with { Overdue = Only(room.Overdue, room, _ => true) };
        if (known.Timeline == before.Timeline)
        {
            var awaited = Only(known.Awaited, known, member => member.Present);
            return awaited == known.Awaited ? known : known.Await(awaited, at);
        }

        return known.IsTrackStart(before, at) ? known.BeginWaiting(at) : known.Awaited.IsEmpty ? known : known with { Awaited = [] };
    }

    /// <summary>The room waiting for these only; when none is left, the music starts.</summary>
    public static Room Await(this Room room, ImmutableArray<string> userIds, CommandTime at) =>
        userIds.IsEmpty ? room.StartNow(at) : room with { Awaited = userIds };

    /// <summary>The room with the music starting as soon as all members can hear of it.</summary>
    public static Room StartNow(this Room room, CommandTime at) => room with
    {
        Awaited = [],
        Timeline = at.Start < room.Timeline.AnchoredAt ? room.Timeline with { AnchoredAt = at.Start } : room.Timeline,
    };

    private static bool IsTrackStart(this Room room, Room before, CommandTime at) =>
        room.Settings.WaitForAll
        && room.Timeline.IsPlaying && room.Timeline.Anchor == TimeSpan.Zero && room.Timeline.AnchoredAt == at.Start
        && (!before.Timeline.IsPlaying || before.Timeline.ItemId != room.Timeline.ItemId);

    // In a large room a member is always missing.
    private static Room BeginWaiting(this Room room, CommandTime at)
    {
        var present = room.Members.Where(member => member.Present).Select(member => member.UserId).ToImmutableArray();
        var awaited = present.RemoveRange(room.Overdue);
        return present.Length < 2 || awaited.IsEmpty || present.Length >= RoomLimits.SmallRoom
            ? room with { Awaited = [] }
            : room with { Awaited = awaited, Timeline = room.Timeline with { AnchoredAt = at.Now + room.Settings.WaitLimit } };
    }

    private static ImmutableArray<string> Only(ImmutableArray<string> userIds, Room room, Func<RoomMember, bool> keeps) =>
        userIds.All(userId => room.Member(userId) is { } member && keeps(member))
            ? userIds
            : [.. userIds.Where(userId => room.Member(userId) is { } member && keeps(member))];
}
