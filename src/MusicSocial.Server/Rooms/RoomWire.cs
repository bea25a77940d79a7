using MusicSocial.Server.Accounts;
using MusicSocial.Server.Catalog;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>A room as clients see it: wire <c>Room</c>.</summary>
/// <param name="Id">Opaque and permanent.</param>
/// <param name="Code">Six characters to read to somebody; opens <c>/room/{code}</c>.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Visibility">Who finds it.</param>
/// <param name="HostId">User id of the host.</param>
/// <param name="Revision">Grows with every change.</param>
/// <param name="Timeline">Where the music is.</param>
/// <param name="Queue">What comes next, in order.</param>
/// <param name="Members">Everyone with a role first, then listeners of a small room; at most 100.</param>
/// <param name="Listeners">How many people are present.</param>
/// <param name="Settings">How it is run.</param>
/// <param name="Current">The item the timeline runs through; absent when nothing is loaded.</param>
/// <param name="Chat">The last messages, oldest first; absent where they are not for the reader.</param>
/// <param name="Waiting">Whom the start of the current item waits for; absent when it waits for nobody.</param>
public sealed record RoomView(
    string Id, string Code, string Name, RoomVisibility Visibility, string HostId, long Revision, TimelineView Timeline,
    IReadOnlyList<QueueItemView> Queue, IReadOnlyList<MemberView> Members, int Listeners, SettingsView Settings,
    QueueItemView? Current, IReadOnlyList<ChatMessage>? Chat, WaitingView? Waiting);

/// <summary>Wire <c>Timeline</c>; the data of event <c>timeline</c>.</summary>
public sealed record TimelineView(string? TrackId, string? ItemId, double AnchorMs, double AnchoredAtMs, double Rate, double DurationMs)
{
    /// <summary>The same line in wire units.</summary>
    public static TimelineView From(Timeline timeline) => new(
        timeline.TrackId, timeline.ItemId, timeline.Anchor.TotalMilliseconds, timeline.AnchoredAt.Ms, timeline.Rate,
        timeline.Duration.TotalMilliseconds);
}

/// <summary>Data of event <c>waiting</c>: a start waits for these, until the timeline's anchor at the latest.</summary>
public sealed record WaitingView(IReadOnlyList<string> UserIds)
{
    /// <summary>Whom a room waits for at an instant; null for nobody.</summary>
    internal static WaitingView? Of(Room room, HubTime now) =>
        room.Awaited.IsEmpty || now >= room.Timeline.AnchoredAt ? null : new([.. room.Awaited]);
}

/// <summary>Data of event <c>unplayable</c>: this track was skipped because most devices could not play it.</summary>
public sealed record UnplayableView(string TrackId);

/// <summary>One place in the queue.</summary>
public sealed record QueueItemView(string ItemId, Track Track, User AddedBy);

/// <summary>Data of event <c>queue</c>.</summary>
public sealed record QueueView(IReadOnlyList<QueueItemView> Queue, QueueItemView? Current);

/// <summary>Somebody in a room.</summary>
public sealed record MemberView(User User, RoomRole Role, bool Connected);

/// <summary>Data of events <c>member.joined</c> and <c>member.left</c>.</summary>
public sealed record MemberMovedView(User User, RoomRole Role);

/// <summary>Data of event <c>member.role</c>.</summary>
public sealed record RoleView(string UserId, RoomRole Role);

/// <summary>How a room is run, without its secrets.</summary>
public record SettingsView(
    string Name, RoomVisibility Visibility, bool AllowListenerQueue, bool VoteSkip, double VoteSkipShare, double SlowModeMs,
    bool ChatEnabled, bool PasswordProtected, bool WaitForAll, double WaitLimitMs)
{
    /// <summary>The settings of a room.</summary>
    public static SettingsView From(Room room) => new(
        room.Settings.Name, room.Settings.Visibility, room.Settings.AllowListenerQueue, room.Settings.VoteSkip,
        room.Settings.VoteSkipShare, room.Settings.SlowMode.TotalMilliseconds, room.Settings.ChatEnabled, room.PasswordHash is not null,
        room.Settings.WaitForAll, room.Settings.WaitLimit.TotalMilliseconds);
}

/// <summary>Data of event <c>settings</c>: the settings and who is host.</summary>
public sealed record HostedSettingsView : SettingsView
{
    /// <summary>The settings under a host.</summary>
    public HostedSettingsView(SettingsView settings, string hostId)
        : base(settings) => HostId = hostId;

    /// <summary>User id of the host.</summary>
    public string HostId { get; }
}

/// <summary>A line of room chat; data of event <c>chat</c>.</summary>
/// <param name="Id">Opaque; sorts by time.</param>
/// <param name="Author">Who said it.</param>
/// <param name="Text">What.</param>
/// <param name="ClientKey">The author's own key for it.</param>
/// <param name="AtMs">When, in hub time.</param>
public sealed record ChatMessage(string Id, User Author, string Text, string ClientKey, double AtMs);

/// <summary>A room, as an invitation names it.</summary>
public sealed record RoomLink(string Id, string Code, string Name);

/// <summary>Data of a notice of type <c>invitation</c>.</summary>
public sealed record InvitationView(RoomLink Room, User From);

/// <summary>Data of signal <c>listeners</c>.</summary>
public sealed record ListenersView(int Listeners);

/// <summary>Data of signal <c>votes</c>: how far the vote to skip the current item is.</summary>
public sealed record VotesView(string ItemId, int Votes, int Needed);

/// <summary>Data of signal <c>kicked</c>, sent to the one who was.</summary>
public sealed record KickedView(double RetryAfterMs);

/// <summary>Data of an event that says it all by its type.</summary>
public sealed record NothingMore;
