namespace MusicSocial.Sync;

/// <summary>The bounds of a room. They keep its state small however many people come.</summary>
public static class RoomLimits
{
    /// <summary>Longest room name, in code points; the shortest is one.</summary>
    public const int NameLength = 80;

    /// <summary>Longest password, in characters; the shortest is one.</summary>
    public const int PasswordLength = 128;

    /// <summary>Longest command id, in characters; the shortest is one.</summary>
    public const int CommandIdLength = 64;

    /// <summary>How many upcoming items a queue takes.</summary>
    public const int Queue = 500;

    /// <summary>How many of its upcoming items one listener may have added, unless the host says otherwise.</summary>
    public const int QueuedByListener = 50;

    /// <summary>How many played items a room remembers for going back. Going back may lift the queue above its limit by as many.</summary>
    public const int Played = 50;

    /// <summary>How many command ids a room remembers to recognise repetitions.</summary>
    public const int RecentCommands = 256;

    /// <summary>Up to this many members a room knows each listener and tells all members who comes and goes; beyond, listeners are only counted.</summary>
    public const int SmallRoom = 50;

    /// <summary>How many members hold a role other than listener, the host included.</summary>
    public const int Roles = 50;

    /// <summary>How many members a room knows by name.</summary>
    public const int KnownMembers = SmallRoom + Roles;

    /// <summary>How many bans a room remembers; those that end soonest make place for others.</summary>
    public const int Bans = 200;

    /// <summary>How many users a room remembers whose messages were cleared; the first are forgotten first.</summary>
    public const int Cleared = 100;

    /// <summary>Votes that always suffice to skip, however many listen: fifty thousand votes are not collected within a song.</summary>
    public const int SkipVotes = 500;

    /// <summary>How long a kicked user stays out.</summary>
    public static readonly TimeSpan KickTime = TimeSpan.FromMinutes(10);

    /// <summary>Longest ban that ends by itself.</summary>
    public static readonly TimeSpan LongestBan = TimeSpan.FromDays(365);

    /// <summary>Longest pause of the chat.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    /// <summary>Going back within this time of a track's start plays the one before; later it starts the track again.</summary>
    public static readonly TimeSpan BackToStart = TimeSpan.FromSeconds(3);

    /// <summary>The least time a room waits for its members, where it does.</summary>
    public static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    /// <summary>The most it waits.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    /// <summary>How many word rules a room has.</summary>
    public const int WordRules = 100;

    /// <summary>Longest word of a rule, in code points.</summary>
    public const int WordLength = 60;

    /// <summary>The longest that links are kept from newcomers.</summary>
    public static readonly TimeSpan LinksAfter = TimeSpan.FromDays(1);

    /// <summary>Longest slow mode.</summary>
    public static readonly TimeSpan SlowMode = TimeSpan.FromMinutes(10);
}
