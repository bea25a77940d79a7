namespace MusicSocial.Server.Limits;

/// <summary>Flood limits, configured under <c>Limits</c>. Generous to people, tight to machines.</summary>
internal sealed class LimitOptions
{
    /// <summary>Hub calls of one connection.</summary>
    public RateLimit HubCalls { get; set; } = new() { PerSecond = 50, Burst = 200 };

    /// <summary>Hub connections one person holds on a node.</summary>
    public int ConnectionsOfUser { get; set; } = 20;

    /// <summary>Hub connections from one network on a node; this machine has no limit.</summary>
    public int ConnectionsOfNetwork { get; set; } = 200;

    /// <summary>Refused hub calls in a row after which a connection is closed.</summary>
    public int RefusedCallsBeforeAbort { get; set; } = 200;

    /// <summary>Hub messages larger than this close the connection, in bytes.</summary>
    public long HubMessageBytes { get; set; } = 64 * 1024;

    /// <summary>HTTP bodies larger than this are refused, in bytes; endpoints that take files state their own.</summary>
    public long RequestBytes { get; set; } = 64 * 1024;

    /// <summary>Guest accounts made from one network.</summary>
    public RateLimit Guests { get; set; } = new() { PerSecond = 20, Burst = 2000 };

    /// <summary>Accounts registered from one network.</summary>
    public RateLimit Registrations { get; set; } = new() { PerSecond = 5, Burst = 100 };

    /// <summary>Failed sign-ins to one account from one network.</summary>
    public RateLimit SignIns { get; set; } = new() { PerSecond = 0.1, Burst = 10 };

    /// <summary>Sign-ins from one network, whatever the account: each costs a tenth of a second of processor.</summary>
    public RateLimit SignInsOfNetwork { get; set; } = new() { PerSecond = 1, Burst = 30 };

    /// <summary>Failed sign-ins to one account from all networks together that it has no session from.</summary>
    public RateLimit SignInsOfAccount { get; set; } = new() { PerSecond = 0.1, Burst = 60 };

    /// <summary>Exports of one person's data.</summary>
    public RateLimit Exports { get; set; } = new() { PerSecond = 0.01, Burst = 5 };

    /// <summary>Requests of one network to the lists, songs and profiles that anyone may read, chunks of sound among them.</summary>
    public RateLimit Reads { get; set; } = new() { PerSecond = 200, Burst = 4_000 };

    /// <summary>Changes of one person's privacy: each is announced to those who follow them, and quiets their topic for a moment.</summary>
    public RateLimit PrivacyChanges { get; set; } = new() { PerSecond = 1, Burst = 200 };

    /// <summary>Comments and chat lines of one person.</summary>
    public RateLimit Comments { get; set; } = new() { PerSecond = 3, Burst = 60 };

    /// <summary>Lyrics uploaded by one person.</summary>
    public RateLimit LyricUploads { get; set; } = new() { PerSecond = 0.2, Burst = 30 };

    /// <summary>Reactions and likes of one person.</summary>
    public RateLimit Reactions { get; set; } = new() { PerSecond = 10, Burst = 100 };

    /// <summary>Follows and unfollows of one person.</summary>
    public RateLimit Follows { get; set; } = new() { PerSecond = 1, Burst = 60 };

    /// <summary>Playback reports of one person's devices.</summary>
    public RateLimit PlaybackReports { get; set; } = new() { PerSecond = 5, Burst = 60 };
}
