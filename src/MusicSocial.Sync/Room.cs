using System.Collections.Immutable;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Sync;

/// <summary>
/// A room in which people hear the same music at the same moment: an immutable state that commands and time turn into the
/// next one. Being there is presence and stands elsewhere; the room knows its role holders and, while it is small, its listeners.
/// </summary>
public sealed record Room
{
    /// <summary>Identifies the room.</summary>
    public required string Id { get; init; }

    /// <summary>The short code people read to each other.</summary>
    public required string Code { get; init; }

    /// <summary>How it is run.</summary>
    public required RoomSettings Settings { get; init; }

    /// <summary>Hash of the password; null when anyone who finds the room may enter.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>When it was opened.</summary>
    public required HubTime CreatedAt { get; init; }

    /// <summary>User id of who opened it: may take the room back, and alone closes it for good.</summary>
    public string OpenerId { get; init; } = "";

    /// <summary>User id of the member who is host whenever they are present: the opener, until they give the room to another member.</summary>
    public string LastingHostId { get; init; } = "";

    /// <summary>What the present host is when the lasting host is back; null while the lasting host is host.</summary>
    public RoomRole? StandInRole { get; init; }

    /// <summary>Where the music is.</summary>
    public Timeline Timeline { get; init; } = Timeline.Empty;

    /// <summary>What plays, comes and was.</summary>
    public PlayQueue Queue { get; init; } = PlayQueue.Empty;

    /// <summary>The members known by name, in the order in which they came; at most <see cref="RoomLimits.KnownMembers"/>.</summary>
    public required ImmutableArray<RoomMember> Members { get; init; }

    /// <summary>Who stays out, oldest first.</summary>
    public ImmutableArray<RoomBan> Bans { get; init; } = [];

    /// <summary>Whose chat messages were cleared, and until when, oldest first.</summary>
    public ImmutableArray<ClearedChat> Cleared { get; init; } = [];

    /// <summary>Until when listeners do not speak; null or past when they may.</summary>
    public HubTime? ChatPausedUntil { get; init; }

    /// <summary>User ids of those who want the current item skipped.</summary>
    public ImmutableArray<string> SkipVotes { get; init; } = [];

    /// <summary>User ids of those whose devices cannot play the current item.</summary>
    public ImmutableArray<string> Unable { get; init; } = [];

    /// <summary>The item that was skipped last because it could not be played.</summary>
    public QueueItem? Unplayable { get; init; }

    /// <summary>User ids of the members a track that was started waits for, until its line begins.</summary>
    public ImmutableArray<string> Awaited { get; init; } = [];

    /// <summary>User ids of members who let a wait run out: not waited for until they are ready for a track.</summary>
    public ImmutableArray<string> Overdue { get; init; } = [];

    /// <summary>Ids of the last commands, oldest first.</summary>
    public ImmutableArray<string> RecentCommands { get; init; } = [];

    /// <summary>Whether all members have left: the music stands still until one comes.</summary>
    public bool Vacant { get; init; } = true;

    /// <summary>
    /// Whether the music stopped by itself - the queue ran out, or all members left - and goes on by itself as soon as it can.
    /// </summary>
    public bool Interrupted { get; init; }

    /// <summary>Whether it was closed for good.</summary>
    public bool Closed { get; init; }

    /// <summary>The one member who is host.</summary>
    public string HostId => Members.First(member => member.Role == RoomRole.Host).UserId;

    /// <summary>A new, still empty room; its host has not come yet.</summary>
    public static Room Open(string id, string code, RoomSettings settings, string? passwordHash, string hostId, HubTime now) => new()
    {
        Id = id,
        Code = code,
        Settings = settings.Checked(),
        PasswordHash = passwordHash,
        CreatedAt = now,
        OpenerId = hostId,
        LastingHostId = hostId,
        Members = [new(hostId, RoomRole.Host, Present: false, now)],
    };

    /// <summary>The member known under this user id, or null.</summary>
    public RoomMember? Member(string userId) => Members.FirstOrDefault(member => member.UserId == userId);

    /// <summary>What a user may do here; a user the room does not know is a listener.</summary>
    public RoomRole RoleOf(string userId) => Member(userId)?.Role ?? RoomRole.Listener;

    /// <summary>Whether a user opened the room or was given it: they are always let in, and those who lead in their place do not remove them.</summary>
    public bool BelongsTo(string userId) => userId == LastingHostId || userId == OpenerId;

    /// <summary>What keeps a user out; null when they may come in.</summary>
    public RoomBan? BanOf(string userId, HubTime now) => Bans.LastOrDefault(ban => ban.UserId == userId && ban.Holds(now));

    /// <summary>What keeps guests of a network out; null when they may come in.</summary>
    public RoomBan? BanOfNetwork(string network, HubTime now) => Bans.LastOrDefault(ban => ban.Network == network && ban.Holds(now));

    /// <summary>Whether what a user said then was cleared since.</summary>
    public bool IsCleared(string userId, double saidAtMs) => Cleared.Any(cleared => cleared.UserId == userId && saidAtMs <= cleared.At.Ms);

    /// <summary>
    /// Brings the room to <paramref name="now"/> and applies the command. Throws <see cref="RefusedException"/> with one of
    /// <see cref="RoomRefusals"/> when the room says no. That the sender is in the room is the caller's to check.
    /// </summary>
    public RoomChange Apply(RoomCommand command, HubTime now, TimeSpan lead)
    {
        if (Closed)
        {
            // Those who still were inside go on leaving it.
            return command is Leave or Vacate or AdvanceTime ? new(this, []) : throw new RefusedException(RoomRefusals.Closed);
        }

        if (Vacant && !command.AppliesToVacant)
        {
            throw new RefusedException(RoomRefusals.NotMember);
        }

        var (room, at) = (this.GiveUpWaiting(now).AdvanceTo(now), CommandTime.Of(now, lead));
        return RoomChange.Between(this, command.ApplyTo(room, at).HoldBack(room, at));
    }

    /// <summary>Plays through the queue up to <paramref name="now"/>; one step or many make no difference. The same object when no track ended.</summary>
    public Room AdvanceTo(HubTime now)
    {
        var room = this;
        while (room.Timeline.EndsAt is { } end && end <= now)
        {
            room = room.PlayNext(end);
        }

        return room;
    }

    /// <summary>The room one item on, starting at <paramref name="start"/> if the music runs; without a next item the music is interrupted.</summary>
    internal Room PlayNext(HubTime start) => Load(Queue.Next(), start);

    /// <summary>The room with the queue's current item at its beginning, playing if the music ran before.</summary>
    internal Room Load(PlayQueue queue, HubTime start)
    {
        var runs = Timeline.IsPlaying;
        var timeline = queue.Current is { } item
            ? new Timeline(item.TrackId, item.ItemId, TimeSpan.Zero, start, runs ? 1 : 0, item.Duration)
            : Timeline.Empty;
        return this with { Queue = queue, Timeline = timeline, SkipVotes = [], Unable = [], Awaited = [], Interrupted = runs && queue.Current is null };
    }

    /// <summary>The room with the music running from where it stands; the first upcoming item is loaded when none is.</summary>
    internal Room Run(HubTime start)
    {
        var loaded = Queue.Current is null ? PlayNext(start) : this;
        return loaded.Timeline.TrackId is null
            ? throw new RefusedException(RoomRefusals.NothingPlaying)
            : loaded with { Timeline = loaded.Timeline.PlayingFrom(loaded.Timeline.Anchor, start), Interrupted = false };
    }

    /// <summary>Refuses those below a role.</summary>
    internal Room Require(string userId, RoomRole atLeast) =>
        RoleOf(userId) >= atLeast ? this : throw new RefusedException(RoomRefusals.Forbidden);

    /// <summary>Refuses a command that was decided on another item than the current one.</summary>
    internal Room RequireCurrent(string? itemId) =>
        Queue.Current is { } current && current.ItemId == itemId ? this : throw new RefusedException(RoomRefusals.Stale);
}
