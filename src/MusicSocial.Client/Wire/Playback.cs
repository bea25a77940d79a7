namespace MusicSocial.Client.Wire;

/// <summary>What a player does with its track.</summary>
public enum PlaybackState
{
    /// <summary>Nothing is loaded, or nothing may be seen: the two look the same.</summary>
    Stopped,

    /// <summary>The position stands still.</summary>
    Paused,

    /// <summary>The position moves.</summary>
    Playing,
}

/// <summary>How the hub knows what somebody plays.</summary>
public enum PlaybackSource
{
    /// <summary>A player said so.</summary>
    Web,

    /// <summary>The person is in a room, which plays for everybody in it.</summary>
    Room,
}

/// <summary>Who may know what a person plays and played.</summary>
public enum Audience
{
    /// <summary>Everybody who is signed in.</summary>
    Everyone,

    /// <summary>Followers whom the person follows back.</summary>
    Followers,

    /// <summary>Nobody.</summary>
    Nobody,
}

/// <summary>What a player does: sent on every change and at least every 15 s while playing.</summary>
/// <param name="DeviceId">The player's own id, the same over reconnects: 1 to 64 characters.</param>
/// <param name="State">Stopped needs nothing but the device.</param>
/// <param name="PositionMs">Where the track was at <see cref="AtMs"/>: 0 to 24 hours.</param>
public sealed record PlaybackReport(string DeviceId, PlaybackState State, double PositionMs)
{
    /// <summary>A track of the catalog; or else <see cref="Title"/> and <see cref="Artist"/> name what plays.</summary>
    public string? TrackId { get; init; }

    /// <summary>Whose song it is.</summary>
    public string? Artist { get; init; }

    /// <summary>What it is called.</summary>
    public string? Title { get; init; }

    /// <summary>Where it is from.</summary>
    public string? Album { get; init; }

    /// <summary>Length of a track known by name only, when the player knows it.</summary>
    public double? DurationMs { get; init; }

    /// <summary>0.25 to 4, 1 when null; only read while playing.</summary>
    public double? Rate { get; init; }

    /// <summary>Hub time at which the position was read; null: when the report comes in.</summary>
    public double? AtMs { get; init; }
}

/// <summary>A track somebody hears: of the catalog, or only the names a player gave it.</summary>
/// <param name="Id">Null when the catalog does not have it.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Artist">Whose it is.</param>
/// <param name="Album">Where it is from.</param>
/// <param name="DurationMs">Null when the player did not say.</param>
/// <param name="HasLyrics">Whether there is a cue sheet.</param>
/// <param name="CoverUrl">Null when the catalog does not have it.</param>
/// <param name="AudioUrl">Null when the catalog does not have it.</param>
/// <param name="Loudness">As of a <see cref="Track"/>.</param>
/// <param name="Peak">As of a <see cref="Track"/>.</param>
public sealed record HeardTrack(
    string? Id, string Title, string Artist, string? Album, double? DurationMs, bool HasLyrics, string? CoverUrl, string? AudioUrl,
    double? Loudness = null, double? Peak = null);

/// <summary>What somebody plays, for others: enough to listen along and to join.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="State">Stopped comes alone.</param>
/// <param name="Track">What plays.</param>
/// <param name="Timeline">Where it is.</param>
/// <param name="Source">How the hub knows.</param>
/// <param name="ReportedAtMs">Hub time of the latest report.</param>
/// <param name="AgeMs">How old that report was when this was written.</param>
/// <param name="Stale">Whether the player should have spoken since.</param>
/// <param name="RoomId">The room that plays, for those who may see it.</param>
/// <param name="Joinable">Whether <paramref name="RoomId"/> can be joined.</param>
public sealed record NowPlaying(
    User User, PlaybackState State, HeardTrack? Track, TimelineView? Timeline, PlaybackSource? Source, double? ReportedAtMs, double? AgeMs,
    bool Stale, string? RoomId, bool Joinable);

/// <summary>Who sees what one plays.</summary>
/// <param name="PrivateSession">While on, nobody sees anything new and no listens are written.</param>
/// <param name="Audience">Who sees the rest.</param>
public sealed record PrivacySettings(bool PrivateSession, Audience Audience);

/// <summary>A track somebody really heard.</summary>
/// <param name="Id">Sorts by when it was counted.</param>
/// <param name="Track">What was heard.</param>
/// <param name="StartedAtMs">Hub time at which its play began.</param>
public sealed record Listen(string Id, HeardTrack Track, double StartedAtMs);
