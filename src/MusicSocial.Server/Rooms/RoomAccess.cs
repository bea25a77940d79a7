using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Relations;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>A user who wants to enter a room.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ConnectionId">The connection they come by.</param>
/// <param name="Network">Where from, for throttling guesses.</param>
internal sealed record Visitor(string UserId, string ConnectionId, ClientNetwork Network);

/// <summary>Who may enter a room and who may read it, and the removal of users who may not any more.</summary>
internal sealed class RoomAccess(
    RoomRepository rooms, RoomMembership membership, RoomConnections connections, ITopicSubscriptions topics, Users users, Blocks blocks, Circles circles, Passwords passwords,
    RateLimiter limiter, IHubClock clock, IOptions<RoomOptions> options)
{
    /// <summary>Makes the visitor a member and follows the room for their connection.</summary>
    public async Task<FollowAnswer> EnterAsync(Visitor visitor, string? idOrCode, string? password, CancellationToken cancellationToken)
    {
        var live = await FindAsync(idOrCode, visitor.Network, cancellationToken);
        var network = await GuestNetworkAsync(live.Id, visitor, cancellationToken);
        if (!await IsKnownAsync(live.Room, visitor, network, cancellationToken))
            await CheckEntryAsync(live.Room, visitor, password, cancellationToken);
        await membership.JoinAsync(live.Id, visitor.UserId, visitor.ConnectionId, network, cancellationToken);
        try
        {
            return await topics.FollowAsync(visitor.ConnectionId, visitor.UserId, live.Topic, null, cancellationToken);
        }
        catch
        {
            await membership.ReleaseAsync(live.Id, visitor.UserId, visitor.ConnectionId);
            throw;
        }
    }

    /// <summary>The visitor leaves for good with this connection; leaving a room one is not in changes nothing.</summary>
    public async Task LeaveAsync(Visitor visitor, string? roomId, CancellationToken cancellationToken)
    {
        // A room that was closed is left like any other.
        var live = await rooms.FindAnyAsync(roomId, cancellationToken) ?? throw new RefusedException(RoomRefusals.NotFound);
        await membership.LeaveAsync(live.Id, visitor.UserId, visitor.ConnectionId);
        await topics.UnfollowAsync(visitor.ConnectionId, live.Topic, cancellationToken);
    }

    /// <summary>The room with this id or code, for a client that may be guessing codes.</summary>
    public async Task<LiveRoom> FindAsync(string? idOrCode, ClientNetwork network, CancellationToken cancellationToken)
    {
        if (idOrCode?.Length == RoomRepository.CodeLength)
            await limiter.AcquireSharedAsync("room-code", network, options.Value.Codes, cancellationToken);
        return await rooms.GetByIdOrCodeAsync(idOrCode, cancellationToken);
    }

    /// <summary>Whether a visitor gets in by knocking only. Refuses those who would not be let in anyway.</summary>
    public async Task<bool> MustKnockAsync(Room room, Visitor visitor, CancellationToken cancellationToken)
    {
        var network = await GuestNetworkAsync(room.Id, visitor, cancellationToken);
        if (await IsKnownAsync(room, visitor, network, cancellationToken) || !room.Settings.Knock)
            return false;
        await CheckCircleAsync(room, visitor.UserId, cancellationToken);
        return true;
    }

    /// <summary>Whether anyone who is signed in may read the room without entering it.</summary>
    public static bool IsOpen(Room room) => room is { Settings: { Visibility: RoomVisibility.Public, Knock: false }, PasswordHash: null };

    /// <summary>Whether a user (null: not signed in) may see what happens in the room: it is open, or they are in it.</summary>
    public async ValueTask<bool> MayReadAsync(Room room, string? userId, CancellationToken cancellationToken) =>
        IsOpen(room) || (userId is not null && await membership.IsExpectedAsync(room, userId, cancellationToken));

    /// <summary>Whether a user may see it as it happens: they may read it and were not removed from it.</summary>
    public async ValueTask<bool> MayFollowAsync(Room room, string userId, CancellationToken cancellationToken) =>
        room.BanOf(userId, clock.Now) is null && await MayReadAsync(room, userId, cancellationToken);

    /// <summary>The hash of a password to keep; null for none. Refuses <c>room.invalid_password</c>.</summary>
    public async Task<string?> HashPasswordAsync(string? password) => password switch
    {
        null or "" => null,
        { Length: <= RoomLimits.PasswordLength } => await passwords.HashAsync(password),
        _ => throw new RefusedException(RoomRefusals.InvalidPassword),
    };

    /// <summary>Whether <see cref="EnforceAsync"/> has something to do on this node.</summary>
    public bool NeedsEnforcement(Room room)
    {
        var banned = BannedFrom(room);
        return banned.Exists(ban => connections.Has(room.Id, ban.UserId))
            || (connections.Spectators(room.Id) is { Count: > 0 } spectators
                && (!IsOpen(room) || spectators.Any(spectator => banned.Exists(ban => ban.UserId == spectator.Value))));
    }

    /// <summary>
    /// Removes, on this node, those who have no access any more: banned users, and spectators of a room that is not open any more. Every node does so
    /// for the room as it is, whichever node changed it.
    /// </summary>
    public async Task EnforceAsync(LiveRoom live)
    {
        if (!NeedsEnforcement(live.Room))
            return;
        foreach (var ban in BannedFrom(live.Room))
            await membership.RemoveAsync(live.Id, ban);
        foreach (var (connectionId, userId) in connections.Spectators(live.Id))
        {
            if (!await MayFollowAsync(live.Room, userId, CancellationToken.None))
                await topics.RevokeAsync(connectionId, live.Topic);
        }
    }

    private List<RoomBan> BannedFrom(Room room)
    {
        var now = clock.Now;
        return room.Bans.IsEmpty ? [] : [.. room.Bans.Where(ban => ban.Holds(now))];
    }

    // An account is banned by itself alone: others may share its network.
    private async Task<string?> GuestNetworkAsync(string roomId, Visitor visitor, CancellationToken cancellationToken) =>
        !visitor.Network.IsLocal && (await users.GetAsync(visitor.UserId, cancellationToken)).Guest
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{roomId} {visitor.Network.Name}")).AsSpan(0, 12))
            : null;

    // Who has a role, was let in before or is the room's own comes in as they are. Refuses the banned.
    private async ValueTask<bool> IsKnownAsync(Room room, Visitor visitor, string? network, CancellationToken cancellationToken)
    {
        if (room.BelongsTo(visitor.UserId))
            return true;
        var ban = room.BanOf(visitor.UserId, clock.Now) ?? (network is null ? null : room.BanOfNetwork(network, clock.Now));
        if (ban is not null)
            throw new RefusedException(ban.RefusalAt(clock.Now));
        // To a person whom its host blocked, or who blocked the host, a room that is not open is none.
        if (!IsOpen(room) && room.HostId is { } host && await blocks.AreBetweenAsync(visitor.UserId, host, cancellationToken))
            throw new RefusedException(RoomRefusals.NotFound);
        return room.RoleOf(visitor.UserId) > RoomRole.Listener || await membership.IsExpectedAsync(room, visitor.UserId, cancellationToken);
    }

    private async Task CheckEntryAsync(Room room, Visitor visitor, string? password, CancellationToken cancellationToken)
    {
        await CheckCircleAsync(room, visitor.UserId, cancellationToken);
        if (room is { Settings.Knock: true, PasswordHash: null })
            throw new RefusedException(RoomRefusals.KnockFirst);
        await CheckPasswordAsync(room, password, visitor.Network, cancellationToken);
        if (await membership.CountAsync(room.Id, cancellationToken) >= options.Value.MaxListeners)
            throw new RefusedException(RoomRefusals.Full);
    }

    private async Task CheckCircleAsync(Room room, string userId, CancellationToken cancellationToken)
    {
        if (room.Settings.AccountsOnly && (await users.GetAsync(userId, cancellationToken)).Guest)
            throw new RefusedException(RoomRefusals.AccountsOnly);
        if (room.Settings.FollowersOnly && room.HostId is { } host && !await circles.IsOpenToAsync(userId, host, Audience.Followers, cancellationToken))
            throw new RefusedException(RoomRefusals.FollowersOnly);
    }

    private async Task CheckPasswordAsync(Room room, string? password, ClientNetwork network, CancellationToken cancellationToken)
    {
        if (room.PasswordHash is null)
            return;
        if (password is not { Length: > 0 and <= RoomLimits.PasswordLength })
            throw new RefusedException(RoomRefusals.Password);
        await limiter.AcquireSharedAsync("room-password", network, options.Value.Passwords, cancellationToken, subject: room.Id);
        if (await passwords.VerifyAsync(room.PasswordHash, password) == PasswordVerificationResult.Failed)
            throw new RefusedException(RoomRefusals.Password);
    }
}
