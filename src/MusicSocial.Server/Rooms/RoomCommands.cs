using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Inbox;
using MusicSocial.Server.Limits;
using MusicSocial.Sync;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Server.Rooms;

/// <summary>What members do in a room. Whether the sender is in it is decided on the very document the command is applied to.</summary>
internal sealed class RoomCommands(
    RoomRepository rooms, RoomMembership membership, RoomAccess access, Tracks tracks, Users users, Inboxes inboxes, ITopicPublisher topics, RateLimiter limiter,
    IHubClock clock, IOptions<RoomOptions> options)
{
    /// <summary>A command that needs nothing but its sender's presence.</summary>
    public Task<LiveRoom> ApplyAsync(CurrentUser by, string? roomId, RoomCommand command, CancellationToken cancellationToken) =>
        ApplyAsync(by, roomId, _ => new(command), cancellationToken);

    public Task SeekAsync(CurrentUser by, string? roomId, double positionMs, CancellationToken cancellationToken)
    {
        // Also keeps what no TimeSpan can hold away from the rules.
        if (!(positionMs >= 0 && positionMs <= TimeSpan.FromDays(30).TotalMilliseconds))
            throw new RefusedException(RoomRefusals.InvalidSeek);
        return ApplyAsync(by, roomId, new Seek(by.Id, TimeSpan.FromMilliseconds(positionMs)), cancellationToken);
    }

    public Task EnqueueAsync(CurrentUser by, string? roomId, string? trackId, string? commandId, CancellationToken cancellationToken) =>
        ApplyAsync(
            by,
            roomId,
            async _ =>
            {
                var track = await tracks.GetAsync(trackId ?? "", cancellationToken);
                return new Enqueue(by.Id, track.Id, TimeSpan.FromMilliseconds(track.DurationMs), commandId);
            },
            cancellationToken);

    public async Task VoteSkipAsync(CurrentUser by, string? roomId, string? itemId, CancellationToken cancellationToken)
    {
        var needed = 0;
        var voted = await ApplyAsync(
            by,
            roomId,
            async room =>
            {
                var electorate = await membership.ElectorateAsync(room, by.Id, cancellationToken);
                needed = room.Settings.VotesNeeded(electorate.CountIn(room, clock.Now));
                return new VoteSkip(by.Id, itemId, electorate);
            },
            cancellationToken);
        await PublishVotesAsync(voted, itemId!, needed, cancellationToken);
    }

    public Task CannotPlayAsync(CurrentUser by, string? roomId, string? itemId, CancellationToken cancellationToken) =>
        ApplyAsync(
            by,
            roomId,
            async room => new CannotPlay(by.Id, itemId, await membership.ElectorateAsync(room, by.Id, cancellationToken)),
            cancellationToken);

    public Task SetRoleAsync(CurrentUser by, string? roomId, string? userId, string? role, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<RoomRole>(role, ignoreCase: true, out var given) || !char.IsAsciiLetter(role![0]))
            throw new RefusedException(RoomRefusals.InvalidRole);
        var command = new SetRole(by.Id, userId!, given);
        // The room knows who of the members it knows is there.
        return given != RoomRole.Host ? ApplyToMemberAsync(by, roomId, userId, command, cancellationToken) : ApplyAsync(
            by,
            roomId,
            async room => userId is not null && await membership.IsPresentAsync(room, userId, cancellationToken)
                ? command
                : throw new RefusedException(RoomRefusals.NotMember),
            cancellationToken);
    }

    public async Task ChangeAsync(CurrentUser by, string? roomId, RoomSettingsRequest? change, CancellationToken cancellationToken)
    {
        ChangeSettings? command = null;
        var changed = await ApplyAsync(by, roomId, async room => command ??= await PrepareAsync(room), cancellationToken);
        if (command!.Password is { Hash: not null } || !RoomAccess.IsOpen(changed.Room))
            await membership.ForgetAbsentListenersAsync(changed.Room, cancellationToken);
        await access.EnforceAsync(changed);

        async Task<ChangeSettings> PrepareAsync(Room room)
        {
            var asked = change ?? throw new RefusedException(RoomRefusals.InvalidSettings);
            // Hashing a password is expensive: only the host gets so far.
            if (room.HostId != by.Id)
                throw new RefusedException(RoomRefusals.Forbidden);
            if (asked.Password is { Length: > 0 })
                limiter.Acquire("room-password-change", by.Id, options.Value.PasswordChanges);
            var password = asked.Password is null ? null : new NewPassword(await access.HashPasswordAsync(asked.Password));
            var name = asked.Name is null ? null : CleanText.Line(asked.Name, RoomLimits.NameLength);
            return new ChangeSettings(by.Id, settings => asked.ApplyTo(settings, name), password);
        }
    }

    /// <summary>Invites a user on behalf of a member: it waits in their inbox. Asking again on the same day is the same invitation.</summary>
    public async Task InviteAsync(CurrentUser by, string? roomId, string? userId, CancellationToken cancellationToken)
    {
        var live = await membership.GetForMemberAsync(by.Id, roomId, cancellationToken);
        var guest = await users.GetAsync(userId ?? "", cancellationToken);
        limiter.Acquire("invitation", by.Id, options.Value.Invitations);
        var room = new RoomLink(live.Id, live.Room.Code, live.Room.Settings.Name);
        var invitation = new InvitationView(room, await users.GetAsync(by.Id, cancellationToken));
        var day = clock.Now.Ticks / TimeSpan.TicksPerDay;
        await inboxes.NotifyAsync(guest.Id, by.Id, "invitation", invitation, $"invitation:{live.Id}:{by.Id}:{day}", cancellationToken);
    }

    /// <summary>A command that depends on the room it is applied to.</summary>
    public Task<LiveRoom> ApplyAsync(
        CurrentUser by, string? roomId, Func<Room, ValueTask<RoomCommand>> decide, CancellationToken cancellationToken) =>
        rooms.ApplyAsync(
            roomId,
            async room =>
            {
                await membership.RequireAsync(room, by.Id, cancellationToken);
                return await decide(room);
            },
            cancellationToken);

    private Task<LiveRoom> ApplyToMemberAsync(
        CurrentUser by, string? roomId, string? userId, RoomCommand command, CancellationToken cancellationToken) =>
        ApplyAsync(
            by,
            roomId,
            async room => userId is not null
                && (room.Member(userId) is not null || await membership.IsExpectedAsync(room, userId, cancellationToken))
                    ? command
                    : throw new RefusedException(RoomRefusals.NotMember),
            cancellationToken);

    // Votes given at once on several nodes may be published in another order than they counted: a count that is outdated is published again.
    private async Task PublishVotesAsync(LiveRoom voted, string itemId, int needed, CancellationToken cancellationToken)
    {
        var votes = -1;
        while (voted.Room.Queue.Current?.ItemId == itemId && voted.Room.SkipVotes.Length != votes)
        {
            votes = voted.Room.SkipVotes.Length;
            var view = new VotesView(itemId, votes, needed);
            await topics.SignalAsync(voted.Topic, RoomMessages.Votes, view, cancellationToken);
            voted = await rooms.GetAsync(voted.Id, cancellationToken);
        }
    }
}
