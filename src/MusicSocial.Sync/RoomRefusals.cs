namespace MusicSocial.Sync;

/// <summary>Every "no" a room says.</summary>
public static class RoomRefusals
{
    /// <summary>No room has this id or code.</summary>
    public static readonly Refusal NotFound = new("room.not_found", RefusalKind.NotFound, "There is no such room.");

    /// <summary>The room was closed while the command was on its way.</summary>
    public static readonly Refusal Closed = new("room.closed", RefusalKind.Invalid, "The room was closed.");

    /// <summary>The room takes followers of its host only.</summary>
    public static readonly Refusal FollowersOnly = new("room.followers_only", RefusalKind.Forbidden, "This room takes people who follow its host.");

    /// <summary>The room takes accounts only.</summary>
    public static readonly Refusal AccountsOnly = new("room.accounts_only", RefusalKind.Forbidden, "This room takes people with an account; guests are not let in.");

    /// <summary>The room is entered by knocking.</summary>
    public static readonly Refusal KnockFirst = new("room.knock", RefusalKind.Forbidden, "Knock, and the host may let you in.");

    /// <summary>Knocking at a room that lets one in without.</summary>
    public static readonly Refusal NoKnocking = new("room.knock_off", RefusalKind.Invalid, "This room is entered without knocking.");

    /// <summary>As many wait to be let in as a room lets wait.</summary>
    public static readonly Refusal KnocksFull = new("room.knocks_full", RefusalKind.Conflict, "Many others wait to be let in; try again later.");

    /// <summary>The knock is not there any more, or never was.</summary>
    public static readonly Refusal KnockNotFound = new("room.knock_not_found", RefusalKind.NotFound, "That person does not wait to be let in any more.");

    /// <summary>The host did not let the person in a moment ago.</summary>
    public static Refusal KnockRefused(TimeSpan retryAfter) =>
        new("room.knock_refused", RefusalKind.TooSoon, "You were not let in; you may knock again later.") { RetryAfter = retryAfter };

    /// <summary>The room takes no more people.</summary>
    public static readonly Refusal Full = new("room.full", RefusalKind.Conflict, "The room is full.");

    /// <summary>The member's role does not allow it.</summary>
    public static readonly Refusal Forbidden = new("room.forbidden", RefusalKind.Forbidden, "Your role in this room does not allow that.");

    /// <summary>The room has a password, and it was missing or wrong.</summary>
    public static readonly Refusal Password = new("room.password", RefusalKind.Forbidden, "The room's password is missing or wrong.");

    /// <summary>The command was decided on an item that no longer plays.</summary>
    public static readonly Refusal Stale = new("room.stale", RefusalKind.Conflict, "Another track is playing already.");

    /// <summary>The queue takes no more items.</summary>
    public static readonly Refusal QueueFull = new("room.queue_full", RefusalKind.Conflict, "The queue is full.");

    /// <summary>One listener has as many waiting items as one may have (<see cref="RoomSettings.QueueShare"/>).</summary>
    public static readonly Refusal QueueShare = new("room.queue_share", RefusalKind.Conflict, "As many of your songs wait as one listener may have; add more when some have played.");

    /// <summary>The sender, or the person the command is about, is not in the room.</summary>
    public static readonly Refusal NotMember = new("room.not_member", RefusalKind.Forbidden, "Not a member of this room.");

    /// <summary>Seeking outside the track.</summary>
    public static readonly Refusal InvalidSeek = new("room.invalid_seek", RefusalKind.Invalid, "The position lies outside the track.");

    /// <summary>Nothing is loaded and the queue is empty.</summary>
    public static readonly Refusal NothingPlaying = new("room.nothing_playing", RefusalKind.Invalid, "Nothing is playing.");

    /// <summary>The queue has no such item (any more).</summary>
    public static readonly Refusal ItemNotFound = new("room.item_not_found", RefusalKind.NotFound, "The queue has no such item.");

    /// <summary>A track without length would end before it starts.</summary>
    public static readonly Refusal Unplayable = new("room.unplayable", RefusalKind.Invalid, "The track has no length.");

    /// <summary>A queue place below zero.</summary>
    public static readonly Refusal InvalidIndex = new("room.invalid_index", RefusalKind.Invalid, "A place in the queue counts from zero.");

    /// <summary>A command id that is empty or too long.</summary>
    public static readonly Refusal InvalidCommand = new("room.invalid_command", RefusalKind.Invalid, "A command id has 1 to 64 characters.");

    /// <summary>A name that is empty or too long.</summary>
    public static readonly Refusal InvalidName = new("room.invalid_name", RefusalKind.Invalid, "A room name has 1 to 80 characters.");

    /// <summary>A password that is empty or too long.</summary>
    public static readonly Refusal InvalidPassword = new("room.invalid_password", RefusalKind.Invalid, "A room password has 1 to 128 characters.");

    /// <summary>A setting out of bounds.</summary>
    public static readonly Refusal InvalidSettings = new("room.invalid_settings", RefusalKind.Invalid, "A setting is out of bounds.");

    /// <summary>A round trip or jitter that cannot be.</summary>
    public static readonly Refusal InvalidRoundTrip = new("clock.invalid_round_trip", RefusalKind.Invalid, "A round trip lies between 0 and 10 s.");

    /// <summary>A role that does not exist, or taking the host's role without passing it on.</summary>
    public static readonly Refusal InvalidRole = new("room.invalid_role", RefusalKind.Invalid, "The host's role can only be passed on.");

    /// <summary>The room has no place for another role holder.</summary>
    public static readonly Refusal TooManyRoles = new("room.too_many_roles", RefusalKind.Invalid, "The room has as many hosts and DJs as it can have.");

    /// <summary>The voter came a moment ago.</summary>
    public static Refusal VoteTooSoon(TimeSpan retryAfter) =>
        new("room.vote_too_soon", RefusalKind.TooSoon, "You may vote when you have been here for a minute.") { RetryAfter = retryAfter };

    /// <summary>The room does not vote.</summary>
    public static readonly Refusal VotingOff = new("room.voting_off", RefusalKind.Invalid, "Voting is switched off in this room.");

    /// <summary>The room does not chat.</summary>
    public static readonly Refusal ChatOff = new("room.chat_off", RefusalKind.Invalid, "Chat is switched off in this room.");

    /// <summary>The room has as many bans for good as it keeps.</summary>
    public static readonly Refusal BansFull = new("room.bans_full", RefusalKind.Conflict, "The room has as many bans for good as it can have; lift one first.");

    /// <summary>A number of minutes out of bounds.</summary>
    public static readonly Refusal InvalidMinutes = new("room.invalid_minutes", RefusalKind.Invalid, "A ban has 1 to 525,600 minutes, a pause of the chat 0 to 1,440.");

    /// <summary>The person was banned for good.</summary>
    public static readonly Refusal Banned = new("room.banned", RefusalKind.Forbidden, "You were banned from this room.");

    /// <summary>A word the room refuses.</summary>
    public static readonly Refusal WordRefused = new("room.word_refused", RefusalKind.Invalid, "The message has a word this room does not want.");

    /// <summary>Links are not for newcomers.</summary>
    public static Refusal LinksTooSoon(TimeSpan retryAfter) =>
        new("room.links_too_soon", RefusalKind.TooSoon, "You may post links when you have been here for a while.") { RetryAfter = retryAfter };

    /// <summary>The chat is paused for listeners.</summary>
    public static Refusal ChatPaused(TimeSpan retryAfter) =>
        new("room.chat_paused", RefusalKind.TooSoon, "The chat is paused.") { RetryAfter = retryAfter };

    /// <summary>The person was kicked and may come back later.</summary>
    public static Refusal Kicked(TimeSpan retryAfter) =>
        new("room.kicked", RefusalKind.Forbidden, "You were removed from this room for a while.") { RetryAfter = retryAfter };

    /// <summary>The last message was too short a time ago.</summary>
    public static Refusal SlowMode(TimeSpan retryAfter) =>
        new("room.slow_mode", RefusalKind.TooSoon, "The room is in slow mode.") { RetryAfter = retryAfter };
}
