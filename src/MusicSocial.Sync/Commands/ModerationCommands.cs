using System.Collections.Immutable;

namespace MusicSocial.Sync.Commands;

/// <summary>A user is removed, loses their role and stays out. A longer ban than this one stands.</summary>
/// <param name="By">User id of a member with a higher role than the other: DJs remove listeners, the host any other member but those the room belongs to.</param>
/// <param name="UserId">Who, present or not.</param>
/// <param name="Length">For how long, up to <see cref="RoomLimits.LongestBan"/>; null for good.</param>
/// <param name="Network">Salted hash of the network a guest came from; null when it is not to be banned.</param>
public sealed record Ban(string By, string UserId, TimeSpan? Length, string? Network = null) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
    {
        if (room.RoleOf(By) <= room.RoleOf(UserId) || room.BelongsTo(UserId))
        {
            throw new RefusedException(RoomRefusals.Forbidden);
        }

        if (Length is { } length && (length <= TimeSpan.Zero || length > RoomLimits.LongestBan))
        {
            throw new RefusedException(RoomRefusals.InvalidMinutes);
        }

        var before = room.BanOf(UserId, at.Now);
        var until = before is { Until: null } ? null : Later(before?.Until, at.Now + Length);
        var others = room.Bans.RemoveAll(ban => ban.UserId == UserId || !ban.Holds(at.Now));
        return room with
        {
            Bans = WithPlace(others).Add(new(UserId, until, Network ?? before?.Network)),
            Members = room.Members.RemoveAll(member => member.UserId == UserId),
            SkipVotes = room.SkipVotes.Remove(UserId),
            Unable = room.Unable.Remove(UserId),
        };
    }

    private static HubTime? Later(HubTime? one, HubTime? other) => one is { } a && other is { } b ? HubTime.Max(a, b) : other;

    private static ImmutableArray<RoomBan> WithPlace(ImmutableArray<RoomBan> bans)
    {
        if (bans.Length < RoomLimits.Bans)
        {
            return bans;
        }

        var soonest = bans.Where(ban => ban.Until is not null).MinBy(ban => ban.Until) ?? throw new RefusedException(RoomRefusals.BansFull);
        return bans.Remove(soonest);
    }
}

/// <summary>A ban is lifted; where there is none nothing changes.</summary>
/// <param name="By">User id of the host.</param>
/// <param name="UserId">Who may come in again.</param>
public sealed record Unban(string By, string UserId) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at) =>
        room.Require(By, RoomRole.Host).Bans.Any(ban => ban.UserId == UserId) ? room with { Bans = room.Bans.RemoveAll(ban => ban.UserId == UserId) } : room;
}

/// <summary>What a user said in the chat so far disappears for everyone.</summary>
/// <param name="By">User id of a member with a higher role than the other, or of that user.</param>
/// <param name="UserId">Whose messages, present or not.</param>
public sealed record ClearChat(string By, string UserId) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
    {
        if (By != UserId && room.RoleOf(By) <= room.RoleOf(UserId))
        {
            throw new RefusedException(RoomRefusals.Forbidden);
        }

        var others = room.Cleared.RemoveAll(cleared => cleared.UserId == UserId);
        return room with { Cleared = (others.Length < RoomLimits.Cleared ? others : others.RemoveAt(0)).Add(new(UserId, at.Now)) };
    }
}

/// <summary>Listeners do not speak for a while.</summary>
/// <param name="By">User id of a DJ or the host.</param>
/// <param name="Length">For how long, up to <see cref="RoomLimits.LongestPause"/>; zero ends a pause.</param>
public sealed record PauseChat(string By, TimeSpan Length) : RoomCommand
{
    internal override Room ApplyTo(Room room, CommandTime at)
    {
        room.Require(By, RoomRole.Dj);
        if (Length < TimeSpan.Zero || Length > RoomLimits.LongestPause)
        {
            throw new RefusedException(RoomRefusals.InvalidMinutes);
        }

        HubTime? until = Length == TimeSpan.Zero ? null : at.Now + Length;
        return until == room.ChatPausedUntil ? room : room with { ChatPausedUntil = until };
    }
}
