using System.Collections.Immutable;

namespace MusicSocial.Sync;

/// <summary>A user the room knows: all with a role, and the listeners of a small room.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Role">What they may do here.</param>
/// <param name="Present">Whether they are here. Absent listeners are forgotten, absent role holders keep their role.</param>
/// <param name="Since">When they last came, or left when absent.</param>
public sealed record RoomMember(string UserId, RoomRole Role, bool Present, HubTime Since);

/// <summary>A user who was removed and stays out.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Until">From when on they may come back; null for good.</param>
/// <param name="Network">Salted hash of the network a guest came from: other guests from there stay out as long. Null for an account, or when it is not known.</param>
public sealed record RoomBan(string UserId, HubTime? Until, string? Network = null)
{
    /// <summary>Whether it holds.</summary>
    public bool Holds(HubTime now) => Until is not { } until || until > now;

    /// <summary>What it says to those it keeps out.</summary>
    public Refusal RefusalAt(HubTime now) => Until is { } until ? RoomRefusals.Kicked(until - now) : RoomRefusals.Banned;
}

/// <summary>What a user said in the chat was cleared.</summary>
/// <param name="UserId">Who.</param>
/// <param name="At">Everything up to then.</param>
public sealed record ClearedChat(string UserId, HubTime At);

/// <summary>How roles pass between members, within the bounds of what a room knows by name.</summary>
internal static class RoomRoles
{
    /// <summary>Whether one who is a listener can get a role.</summary>
    public static bool HasPlaceForRole(this Room room, string userId) =>
        room.Members.Count(member => member.Role > RoomRole.Listener) < RoomLimits.Roles
        && (room.Member(userId) is not null || room.Members.Length < RoomLimits.KnownMembers);

    /// <summary>The room with a member in another role. A user the room did not know is here; absent listeners are forgotten.</summary>
    public static Room WithRole(this Room room, string userId, RoomRole role, HubTime now)
    {
        var member = room.Member(userId);
        if (member is null)
        {
            return room with { Members = room.Members.Add(new(userId, role, Present: true, now)) };
        }

        return room with
        {
            Members = role == RoomRole.Listener && !member.Present
                ? room.Members.Remove(member)
                : room.Members.Replace(member, member with { Role = role }),
        };
    }

    /// <summary>The room with a member in it, and interrupted music going on.</summary>
    public static Room Reopen(this Room room, CommandTime at)
    {
        if (!room.Vacant)
        {
            return room;
        }

        var open = room with { Vacant = false };
        return open.Interrupted && !open.Queue.IsEmpty ? open.Run(at.Start) : open;
    }
}

/// <summary>Who is in a room, as presence counts them: the room itself knows only some of them by name.</summary>
/// <param name="Count">How many people are present.</param>
/// <param name="Some">A few of them, in no particular order.</param>
public sealed record Occupancy(int Count, ImmutableArray<string> Some)
{
    /// <summary>No user.</summary>
    public static Occupancy Empty { get; } = new(0, []);
}
