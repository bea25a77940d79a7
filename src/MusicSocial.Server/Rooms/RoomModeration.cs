using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;
using MusicSocial.Sync;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Server.Rooms;

/// <summary>What the host and DJs do about members who disturb a room.</summary>
internal sealed class RoomModeration(
    RoomCommands commands, RoomMembership membership, RoomAccess access, RoomChatStore chat, Users users, IHubClock clock)
{
    /// <summary>Removes a member, who stays out for <see cref="RoomLimits.KickTime"/>.</summary>
    public Task KickAsync(CurrentUser by, string? roomId, string? userId, CancellationToken cancellationToken) =>
        RemoveAsync(
            by,
            roomId,
            userId,
            RoomLimits.KickTime,
            async room => room.Member(userId!) is not null || await membership.IsExpectedAsync(room, userId!, cancellationToken),
            cancellationToken);

    /// <summary>Bans a user, in the room or not, for so many minutes or for good. Refuses <c>user.not_found</c> and <c>room.invalid_minutes</c>.</summary>
    public Task BanAsync(CurrentUser by, string? roomId, string? userId, double? minutes, CancellationToken cancellationToken) =>
        RemoveAsync(by, roomId, userId, minutes is { } length ? Minutes(length, 1, RoomLimits.LongestBan) : null, _ => new(true), cancellationToken);

    /// <summary>Lifts a ban, and that of the network the user came from.</summary>
    public Task UnbanAsync(CurrentUser by, string? roomId, string userId, CancellationToken cancellationToken) =>
        commands.ApplyAsync(by, roomId, new Unban(by.Id, userId), cancellationToken);

    /// <summary>The bans that hold, newest first; for the host.</summary>
    public async Task<IReadOnlyList<BanView>> BansAsync(CurrentUser by, string? roomId, CancellationToken cancellationToken)
    {
        var room = await GetForHostAsync(by, roomId, cancellationToken);
        var now = clock.Now;
        var people = await users.GetAsync([.. room.Bans.Select(ban => ban.UserId)], cancellationToken);
        return
        [
            .. room.Bans.Reverse().Where(ban => ban.Holds(now) && people.ContainsKey(ban.UserId))
                .Select(ban => new BanView(people[ban.UserId], ban.Until?.Ms, ban.Network is not null)),
        ];
    }

    /// <summary>The words the room does not want to read; for the host.</summary>
    public async Task<IReadOnlyList<WordRuleView>> WordsAsync(CurrentUser by, string? roomId, CancellationToken cancellationToken) =>
        [.. (await GetForHostAsync(by, roomId, cancellationToken)).Settings.WordRules.Select(rule => new WordRuleView(rule.Word, rule.Action))];

    /// <summary>Takes what a user said in the chat from everyone's view, history included.</summary>
    public async Task ClearMessagesAsync(CurrentUser by, string? roomId, string? userId, CancellationToken cancellationToken)
    {
        var user = await users.GetAsync(userId ?? "", cancellationToken);
        var live = await commands.ApplyAsync(by, roomId, new ClearChat(by.Id, user.Id), cancellationToken);
        var cleared = live.Room.Cleared.Last(one => one.UserId == user.Id);
        await chat.ClearAsync(live.Id, user.Id, cleared.At.Ms, CancellationToken.None);
    }

    /// <summary>Pauses the chat for listeners, for so many minutes; none ends the pause. Refuses <c>room.invalid_minutes</c>.</summary>
    public Task PauseChatAsync(CurrentUser by, string? roomId, double minutes, CancellationToken cancellationToken) =>
        commands.ApplyAsync(by, roomId, new PauseChat(by.Id, Minutes(minutes, 0, RoomLimits.LongestPause)), cancellationToken);

    private async Task<Room> GetForHostAsync(CurrentUser by, string? roomId, CancellationToken cancellationToken)
    {
        var room = (await membership.GetForMemberAsync(by.Id, roomId, cancellationToken)).Room;
        return room.HostId == by.Id ? room : throw new RefusedException(RoomRefusals.Forbidden);
    }

    private async Task RemoveAsync(
        CurrentUser by, string? roomId, string? userId, TimeSpan? length, Func<Room, ValueTask<bool>> knows, CancellationToken cancellationToken)
    {
        if (userId is null)
            throw new RefusedException(RoomRefusals.NotMember);
        var live = await commands.ApplyAsync(
            by,
            roomId,
            async room =>
            {
                if (!await knows(room))
                    throw new RefusedException(RoomRefusals.NotMember);
                var user = await users.GetAsync(userId, cancellationToken);
                var network = user.Guest ? await membership.NetworkOfAsync(room.Id, userId, cancellationToken) : null;
                return new Ban(by.Id, userId, length, network);
            },
            cancellationToken);
        await membership.ForgetAsync(live.Id, userId, cancellationToken);
        // At once on this node, so that it is done when it is answered; the other nodes follow.
        await access.EnforceAsync(live);
    }

    private static TimeSpan Minutes(double minutes, double least, TimeSpan most) =>
        minutes >= least && minutes <= most.TotalMinutes
            ? TimeSpan.FromMinutes(minutes)
            : throw new RefusedException(RoomRefusals.InvalidMinutes);
}
