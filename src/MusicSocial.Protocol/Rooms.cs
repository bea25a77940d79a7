using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace MusicSocial.Protocol;

/// <summary>What a member may do, from least to most.</summary>
public enum RoomRole
{
    /// <summary>Listens, chats, votes, and queues where the room lets listeners queue.</summary>
    Listener,

    /// <summary>Also runs the music and moderates listeners.</summary>
    Dj,

    /// <summary>Also changes the room and gives roles. Every room has exactly one.</summary>
    Host,
}

/// <summary>What becomes of a message with a word the room does not want to read, from least to most.</summary>
public enum WordAction
{
    /// <summary>The word is shown as asterisks.</summary>
    Mask,

    /// <summary>The message is refused.</summary>
    Refuse,
}

/// <summary>A word a room does not want to read.</summary>
/// <param name="Word">1 to 60 characters.</param>
/// <param name="Action">What becomes of a message with it.</param>
public sealed record WordRuleView(string? Word, [property: JsonConverter(typeof(OpenEnumConverter<WordAction>))] WordAction? Action);

/// <summary>Who finds a room.</summary>
public enum RoomVisibility
{
    /// <summary>Everyone, in the directory.</summary>
    Public,

    /// <summary>Those who were given its code or link.</summary>
    Private,
}

/// <summary>Wire <c>Room</c>, as the caller may see it.</summary>
/// <param name="Id">Opaque and permanent.</param>
/// <param name="Code">Six characters that can be read out; opens <c>/room/{code}</c>.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Visibility">Who finds it.</param>
/// <param name="HostId">User id of the host.</param>
/// <param name="Revision">Grows with every change; events do not carry it, so it is the revision of the last snapshot.</param>
/// <param name="Timeline">Where the music is.</param>
/// <param name="Queue">What comes next, in order.</param>
/// <param name="Members">Everyone with a role first, then listeners; at most 100.</param>
/// <param name="Listeners">How many people are present.</param>
/// <param name="Settings">How it is run.</param>
/// <param name="Current">The item the timeline runs through; null when nothing is loaded.</param>
/// <param name="Chat">The last messages, oldest first; null where they are not for the reader.</param>
/// <param name="Waiting">The members the start of the current item waits for; null when it does not wait.</param>
/// <param name="OpenerId">User id of who opened it: they may take the host's role back and close the room for good.</param>
public sealed record RoomView(
    string Id, string Code, string Name, RoomVisibility Visibility, string HostId, long Revision, TimelineView Timeline,
    IReadOnlyList<QueueItemView> Queue, IReadOnlyList<MemberView> Members, int Listeners, SettingsView Settings,
    QueueItemView? Current, IReadOnlyList<ChatMessage>? Chat, WaitingView? Waiting, string OpenerId);

/// <summary>Wire <c>Timeline</c>, the data of event <c>timeline</c>: the position is a straight line through hub time.</summary>
/// <param name="TrackId">What plays; null when nothing is loaded.</param>
/// <param name="ItemId">The queue item that plays.</param>
/// <param name="AnchorMs">The position at <paramref name="AnchoredAtMs"/>.</param>
/// <param name="AnchoredAtMs">Hub time at which the line starts; may lie slightly ahead.</param>
/// <param name="Rate">Track seconds per second: 0 paused, 1 as recorded.</param>
/// <param name="DurationMs">Length of the track.</param>
public sealed record TimelineView(string? TrackId, string? ItemId, double AnchorMs, double AnchoredAtMs, double Rate, double DurationMs);

/// <summary>Data of event <c>waiting</c>: a start waits for these members, until the timeline's anchor at the latest.</summary>
/// <param name="UserIds">User ids of the members it waits for.</param>
public sealed record WaitingView(IReadOnlyList<string> UserIds);

/// <summary>One place in a queue.</summary>
/// <param name="ItemId">Tells apart a track queued twice.</param>
/// <param name="Track">What will play.</param>
/// <param name="AddedBy">The member who queued it.</param>
public sealed record QueueItemView(string ItemId, Track Track, User AddedBy);

/// <summary>Data of event <c>queue</c>.</summary>
/// <param name="Queue">What comes next, in order; of a queue of more than 100 items the first 100.</param>
/// <param name="Current">What plays.</param>
/// <param name="Order">Item ids of the whole queue, in order; null when <paramref name="Queue"/> is the whole queue.</param>
/// <param name="Added">Beside <paramref name="Order"/>: the items that the change added to the queue.</param>
public sealed record QueueView(
    IReadOnlyList<QueueItemView> Queue, QueueItemView? Current, IReadOnlyList<string>? Order = null, IReadOnlyList<QueueItemView>? Added = null);

/// <summary>A member of a room.</summary>
/// <param name="User">The member.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Connected">Whether they are present now.</param>
public sealed record MemberView(User User, RoomRole Role, bool Connected);

/// <summary>Data of events <c>member.joined</c> and <c>member.left</c>.</summary>
/// <param name="User">The member.</param>
/// <param name="Role">What they may do.</param>
public sealed record MemberMovedView(User User, RoomRole Role);

/// <summary>Data of event <c>member.role</c>.</summary>
/// <param name="UserId">The member.</param>
/// <param name="Role">What they may do from now on.</param>
public sealed record RoleView(string UserId, RoomRole Role);

/// <summary>How a room is run.</summary>
public record SettingsView
{
    /// <summary>1 to 80 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Who finds it.</summary>
    public required RoomVisibility Visibility { get; init; }

    /// <summary>Whether listeners may queue.</summary>
    public required bool AllowListenerQueue { get; init; }

    /// <summary>How many upcoming items one listener may have added.</summary>
    public required int QueueShare { get; init; }

    /// <summary>Whether songs come in turn, one of each person.</summary>
    public required bool FairQueue { get; init; }

    /// <summary>Whether tracks can be voted away.</summary>
    public required bool VoteSkip { get; init; }

    /// <summary>Share of the present it takes, 0.05 to 1.</summary>
    public required double VoteSkipShare { get; init; }

    /// <summary>Least time between two messages of a listener, in milliseconds.</summary>
    public required double SlowModeMs { get; init; }

    /// <summary>How long a listener is present before they may post links, in milliseconds; 0 is at once.</summary>
    public required double LinksAfterMs { get; init; }

    /// <summary>Whether there is a chat.</summary>
    public required bool ChatEnabled { get; init; }

    /// <summary>Whether it takes a password to join.</summary>
    public required bool PasswordProtected { get; init; }

    /// <summary>Whether the start of a track waits until all members can play it.</summary>
    public required bool WaitForAll { get; init; }

    /// <summary>How long at most, in milliseconds.</summary>
    public required double WaitLimitMs { get; init; }

    /// <summary>Whether only accounts enter.</summary>
    public required bool AccountsOnly { get; init; }

    /// <summary>Whether only followers of the host enter.</summary>
    public required bool FollowersOnly { get; init; }

    /// <summary>Whether people knock and are let in one by one.</summary>
    public required bool Knock { get; init; }

    /// <summary>Hub time until which listeners do not speak; null, or past, when the chat is not paused.</summary>
    public double? ChatPausedUntilMs { get; init; }

    /// <summary>The settings alone.</summary>
    public SettingsView WithoutHost() => new(this);
}

/// <summary>Data of event <c>settings</c>: the settings and who is host.</summary>
public sealed record HostedSettingsView : SettingsView
{
    /// <summary>Settings without a host yet.</summary>
    [JsonConstructor]
    public HostedSettingsView()
    {
    }

    /// <summary>The settings under a host.</summary>
    [SetsRequiredMembers]
    public HostedSettingsView(SettingsView settings, string hostId)
        : base(settings) => HostId = hostId;

    /// <summary>User id of the host.</summary>
    public required string HostId { get; init; }
}

/// <summary>Argument of <c>ChangeRoom</c>: what is absent or null stays as it is.</summary>
public sealed record RoomSettingsRequest
{
    /// <summary>1 to 80 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Who finds it.</summary>
    [JsonConverter(typeof(OpenEnumConverter<RoomVisibility>))]
    public RoomVisibility? Visibility { get; init; }

    /// <summary>Whether listeners may queue.</summary>
    public bool? AllowListenerQueue { get; init; }

    /// <summary>How many upcoming items one listener may have added, 1 to 500.</summary>
    public int? QueueShare { get; init; }

    /// <summary>Whether songs come in turn, one of each person.</summary>
    public bool? FairQueue { get; init; }

    /// <summary>Whether tracks can be voted away.</summary>
    public bool? VoteSkip { get; init; }

    /// <summary>Share of the present it takes, 0.05 to 1.</summary>
    public double? VoteSkipShare { get; init; }

    /// <summary>Least time between two messages of a listener, 0 to 600,000 ms.</summary>
    public double? SlowModeMs { get; init; }

    /// <summary>How long a listener is present before they may post links, 0 to 86,400,000 ms.</summary>
    public double? LinksAfterMs { get; init; }

    /// <summary>Words the room does not want to read, in place of those before; at most 100.</summary>
    public IReadOnlyList<WordRuleView>? WordRules { get; init; }

    /// <summary>Whether there is a chat.</summary>
    public bool? ChatEnabled { get; init; }

    /// <summary>Whether only accounts enter.</summary>
    public bool? AccountsOnly { get; init; }

    /// <summary>Whether only followers of the host enter.</summary>
    public bool? FollowersOnly { get; init; }

    /// <summary>Whether people knock and are let in one by one.</summary>
    public bool? Knock { get; init; }

    /// <summary>A new password; empty removes it.</summary>
    public string? Password { get; init; }

    /// <summary>Whether the start of a track waits until all members can play it.</summary>
    public bool? WaitForAll { get; init; }

    /// <summary>How long at most, 1,000 to 15,000 ms.</summary>
    public double? WaitLimitMs { get; init; }
}

/// <summary>A message of the room chat; data of event <c>chat</c>.</summary>
/// <param name="Id">Opaque; sorts by time.</param>
/// <param name="Author">The author.</param>
/// <param name="Text">The message.</param>
/// <param name="ClientKey">The author's own key for it.</param>
/// <param name="AtMs">Hub time of sending, in milliseconds.</param>
public sealed record ChatMessage(string Id, User Author, string Text, string ClientKey, double AtMs);

/// <summary>Data of event <c>chat.removed</c>: these messages are gone.</summary>
/// <param name="Ids">Their ids.</param>
public sealed record ChatRemovedView(IReadOnlyList<string> Ids);

/// <summary>A room, as an invitation names it.</summary>
/// <param name="Id">Opaque and permanent.</param>
/// <param name="Code">Six characters; opens the room.</param>
/// <param name="Name">What it is called.</param>
public sealed record RoomLink(string Id, string Code, string Name);

/// <summary>Data of a notice of type <c>invitation</c>.</summary>
/// <param name="Room">The room.</param>
/// <param name="From">The member who invites.</param>
public sealed record InvitationView(RoomLink Room, User From);

/// <summary>Data of signal <c>listeners</c>.</summary>
/// <param name="Listeners">How many people are present.</param>
public sealed record ListenersView(int Listeners);

/// <summary>Data of signal <c>votes</c>: how far the vote to skip is.</summary>
/// <param name="ItemId">What is voted on.</param>
/// <param name="Votes">How many want it skipped.</param>
/// <param name="Needed">How many it takes.</param>
public sealed record VotesView(string ItemId, int Votes, int Needed);

/// <summary>Data of signal <c>kicked</c>, sent to the removed member.</summary>
/// <param name="RetryAfterMs">How long to stay out, in milliseconds; null for good.</param>
public sealed record KickedView(double? RetryAfterMs);

/// <summary>Data of event <c>chat.cleared</c>: what this user said up to then is to be shown no more.</summary>
/// <param name="UserId">The author.</param>
/// <param name="UntilMs">Hub time of the last message it is about, in milliseconds.</param>
public sealed record ClearedChatView(string UserId, double UntilMs);

/// <summary>Answer to <c>Knock</c>: the host and the DJs have been told.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="UntilMs">Hub time until which the knock waits for an answer.</param>
public sealed record KnockAnswer(string RoomId, double UntilMs);

/// <summary>A user who waits to be let in; data of event <c>knock</c> on <c>me:</c> of the host and the DJs.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="User">Who knocked.</param>
/// <param name="UntilMs">Hub time until which they wait.</param>
public sealed record KnockView(string RoomId, User User, double UntilMs);

/// <summary>Data of event <c>knock.answered</c> on <c>me:</c> of the one who knocked, the host and the DJs.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="UserId">Who had knocked.</param>
/// <param name="Allowed">Whether they may enter.</param>
public sealed record KnockDecision(string RoomId, string UserId, bool Allowed);

/// <summary>A user who was banned from a room.</summary>
/// <param name="User">The user.</param>
/// <param name="UntilMs">Hub time at which the ban ends; null for good.</param>
/// <param name="Network">Whether other guests of the network they came from stay out as long.</param>
public sealed record BanView(User User, double? UntilMs, bool Network);

/// <summary>POST /api/rooms.</summary>
/// <param name="Name">1 to 80 characters.</param>
/// <param name="Visibility">Who finds it; public when null.</param>
/// <param name="Password">1 to 128 characters; null for none.</param>
public sealed record OpenRoomRequest(
    string? Name, [property: JsonConverter(typeof(OpenEnumConverter<RoomVisibility>))] RoomVisibility? Visibility, string? Password);

/// <summary>Data of event <c>unplayable</c>: this track was skipped because most devices could not play it.</summary>
/// <param name="TrackId">The skipped track.</param>
public sealed record UnplayableView(string TrackId);

/// <summary>Data of an event that its type says completely: <c>{}</c>.</summary>
public sealed record NothingMore;
