using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Hosting;
using MusicSocial.Sync;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Server.Rooms;

/// <summary>What members do in a room, each after a look whether they are in it.</summary>
internal sealed class RoomControls(
    LiveRooms rooms, RoomAttendance attendance, RoomDoorman doorman, RoomPasswords passwords, Tracks tracks, ITopicPublisher topics)
{
    /// <summary>A command that needs nothing but its sender's presence.</summary>
    public async Task ApplyAsync(CurrentUser by, string? roomId, RoomCommand command, CancellationToken cancellationToken) =>
        await rooms.ApplyAsync((await attendance.RoomOfAsync(by.Id, roomId, cancellationToken)).Id, command, cancellationToken);

    public Task SeekAsync(CurrentUser by, string? roomId, double positionMs, CancellationToken cancellationToken)
    {
        // Also keeps what no TimeSpan can hold away from the rules.
        if (!(positionMs >= 0 && positionMs <= TimeSpan.FromDays(30).TotalMilliseconds))
            throw new RefusedException(RoomRefusals.InvalidSeek);
        return ApplyAsync(by, roomId, new Seek(by.Id, TimeSpan.FromMilliseconds(positionMs)), cancellationToken);
    }

    public async Task EnqueueAsync(CurrentUser by, string? roomId, string? trackId, string? commandId, CancellationToken cancellationToken)
    {
        var live = await attendance.RoomOfAsync(by.Id, roomId, cancellationToken);
        var track = await tracks.GetAsync(trackId ?? "", cancellationToken);
        var command = new Enqueue(by.Id, track.Id, TimeSpan.FromMilliseconds(track.DurationMs), commandId);
        await rooms.ApplyAsync(live.Id, command, cancellationToken);
    }

    public async Task VoteSkipAsync(CurrentUser by, string? roomId, string? itemId, CancellationToken cancellationToken)
    {
        var live = await attendance.RoomOfAsync(by.Id, roomId, cancellationToken);
        var present = await attendance.CountAsync(live.Id, cancellationToken);
        var voted = await rooms.ApplyAsync(live.Id, new VoteSkip(by.Id, itemId, present), cancellationToken);
        await TellVotesAsync(voted, itemId!, present, cancellationToken);
    }

    public async Task CannotPlayAsync(CurrentUser by, string? roomId, string? itemId, CancellationToken cancellationToken)
    {
        var live = await attendance.RoomOfAsync(by.Id, roomId, cancellationToken);
        var present = await attendance.CountAsync(live.Id, cancellationToken);
        await rooms.ApplyAsync(live.Id, new CannotPlay(by.Id, itemId, present), cancellationToken);
    }

    public async Task SetRoleAsync(CurrentUser by, string? roomId, string? userId, string? role, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<RoomRole>(role, ignoreCase: true, out var given) || !char.IsAsciiLetter(role![0]))
            throw new RefusedException(RoomRefusals.InvalidRole);
        var live = await RoomWithAsync(by, roomId, userId, cancellationToken);
        await rooms.ApplyAsync(live.Id, new SetRole(by.Id, userId!, given), cancellationToken);
    }

    public async Task KickAsync(CurrentUser by, string? roomId, string? userId, CancellationToken cancellationToken)
    {
        var live = await RoomWithAsync(by, roomId, userId, cancellationToken);
        var kicked = await rooms.ApplyAsync(live.Id, new Kick(by.Id, userId!), cancellationToken);
        await doorman.SeeOutAsync(kicked);
    }

    public async Task ChangeAsync(CurrentUser by, string? roomId, RoomSettingsRequest? change, CancellationToken cancellationToken)
    {
        var live = await attendance.RoomOfAsync(by.Id, roomId, cancellationToken);
        var asked = change ?? throw new RefusedException(RoomRefusals.InvalidSettings);
        // Before hashing, which is dear: only the host gets so far.
        if (live.Room.HostId != by.Id)
            throw new RefusedException(RoomRefusals.Forbidden);
        var password = asked.Password is null ? null : new NewPassword(passwords.Hash(asked.Password));
        var name = asked.Name is null ? null : CleanText.Line(asked.Name, RoomLimits.NameLength);
        var command = new ChangeSettings(by.Id, settings => asked.ApplyTo(settings, name), password);
        await doorman.SeeOutAsync(await rooms.ApplyAsync(live.Id, command, cancellationToken));
    }

    // Votes given at once on several nodes may be told in another order than they counted: who told an old count tells again.
    private async Task TellVotesAsync(LiveRoom voted, string itemId, int present, CancellationToken cancellationToken)
    {
        var votes = -1;
        while (voted.Room.Queue.Current?.ItemId == itemId && voted.Room.SkipVotes.Length != votes)
        {
            votes = voted.Room.SkipVotes.Length;
            var view = new VotesView(itemId, votes, voted.Room.Settings.VotesNeeded(present));
            await topics.SignalAsync(voted.Topic, RoomMessages.Votes, view, cancellationToken);
            voted = await rooms.GetAsync(voted.Id, cancellationToken);
        }
    }

    private async Task<LiveRoom> RoomWithAsync(CurrentUser by, string? roomId, string? userId, CancellationToken cancellationToken)
    {
        var live = await attendance.RoomOfAsync(by.Id, roomId, cancellationToken);
        var known = userId is not null
            && (live.Room.Member(userId) is not null || await attendance.IsPresentAsync(live.Room, userId, cancellationToken));
        return known ? live : throw new RefusedException(RoomRefusals.NotMember);
    }
}
