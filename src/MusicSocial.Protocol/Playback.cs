using System.Text.Json.Serialization;

namespace MusicSocial.Protocol;

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

/// <summary>How the hub knows what a person plays.</summary>
public enum PlaybackSource
{
    /// <summary>A player reported it (<c>ReportPlayback</c>).</summary>
    Web,

    /// <summary>The person is in a room, which plays for all its members.</summary>
    Room,
}

/// <summary>A circle of people around a person, each within the one before: who may see something of theirs.</summary>
public enum Audience
{
    /// <summary>Every signed-in user.</summary>
    Everyone,

    /// <summary>Everyone who follows the person. Following needs no consent: this keeps out only who does not care to follow.</summary>
    Followers,

    /// <summary>Followers whom the person follows back.</summary>
    Mutual,

    /// <summary>People the person chose as close friends.</summary>
    Close,

    /// <summary>No other person.</summary>
    Nobody,
}

/// <summary>Hub method <c>ReportPlayback</c>: what a player does, sent on every change and at least every 15 s while playing.</summary>
/// <param name="DeviceId">The player's own id, the same over reconnects: 1 to 64 characters.</param>
/// <param name="State">Stopped needs nothing but the device. Required.</param>
/// <param name="PositionMs">Where the track was at <see cref="AtMs"/>: 0 to 24 hours.</param>
public sealed record PlaybackReport(
    string? DeviceId, [property: JsonConverter(typeof(OpenEnumConverter<PlaybackState>))] PlaybackState? State, double PositionMs)
{
    /// <summary>A track of the catalog; or else <see cref="Title"/> and <see cref="Artist"/> name what plays.</summary>
    public string? TrackId { get; init; }

    /// <summary>Artist of a track known by name only, 1 to 200 characters.</summary>
    public string? Artist { get; init; }

    /// <summary>Title of a track known by name only, 1 to 200 characters.</summary>
    public string? Title { get; init; }

    /// <summary>Album of a track known by name only, at most 200 characters.</summary>
    public string? Album { get; init; }

    /// <summary>Length of a track known by name only, when the player knows it: 0 to 24 hours.</summary>
    public double? DurationMs { get; init; }

    /// <summary>0.25 to 4, 1 when null; only read while playing.</summary>
    public double? Rate { get; init; }

    /// <summary>Hub time at which the position was read: orders late reports. Null: when the report arrives.</summary>
    public double? AtMs { get; init; }
}

/// <summary>The track a person plays: a <see cref="Track"/> of the catalog, or only the names a player gave it.</summary>
/// <param name="Id">Null when the catalog does not have it.</param>
/// <param name="Title">Title.</param>
/// <param name="Artist">Artist.</param>
/// <param name="Album">Album; null when unknown.</param>
/// <param name="DurationMs">Null when the player did not report it.</param>
/// <param name="HasLyrics">Whether there is a cue sheet.</param>
/// <param name="CoverUrl">Null when the catalog does not have it.</param>
/// <param name="AudioUrl">Null when the catalog does not have it.</param>
/// <param name="Loudness">As of a <see cref="Track"/>.</param>
/// <param name="Peak">As of a <see cref="Track"/>.</param>
public sealed record PlayingTrack(
    string? Id, string Title, string Artist, string? Album, double? DurationMs, bool HasLyrics, string? CoverUrl, string? AudioUrl,
    double? Loudness = null, double? Peak = null);

/// <summary>
/// What a person plays, for others: enough to listen along (<paramref name="Timeline"/>) and to join. A person who is hidden and a
/// person who plays nothing look the same: stopped, and nothing else.
/// </summary>
/// <param name="User">The person.</param>
/// <param name="State">Stopped comes alone.</param>
/// <param name="Track">What plays.</param>
/// <param name="Timeline">The position; extrapolate with hub time.</param>
/// <param name="Source">How the hub knows.</param>
/// <param name="ReportedAtMs">Hub time of the latest report.</param>
/// <param name="AgeMs">How old that report was when this was written.</param>
/// <param name="Stale">Whether the next report is overdue: the player may have stopped.</param>
/// <param name="RoomId">The room that plays; only when everyone may find it.</param>
/// <param name="Joinable">Whether <paramref name="RoomId"/> can be joined.</param>
public sealed record NowPlaying(
    User User, PlaybackState State, PlayingTrack? Track, TimelineView? Timeline, PlaybackSource? Source, double? ReportedAtMs, double? AgeMs,
    bool Stale, string? RoomId, bool Joinable);

/// <summary>GET /api/me/privacy.</summary>
/// <param name="PrivateSession">While on, other people see nothing new and no listens are written.</param>
/// <param name="Audience">Who sees what the person plays now.</param>
public sealed record PrivacySettings(bool PrivateSession, Audience Audience)
{
    /// <summary>Who sees what the person listened to.</summary>
    public Audience History { get; init; } = Audience.Mutual;

    /// <summary>Who sees whom the person follows and who follows them.</summary>
    public Audience Connections { get; init; } = Audience.Everyone;

    /// <summary>Whether the audience also sees how far into the song the person is: without, they cannot listen along.</summary>
    public bool ShowPosition { get; init; } = true;

    /// <summary>Whether the audience also sees the open room the person is in.</summary>
    public bool ShowRoom { get; init; } = true;

    /// <summary>When the private session ends by itself, in hub milliseconds; null is when it is ended.</summary>
    public double? PrivateUntilMs { get; init; }
}

/// <summary>PUT /api/me/privacy: what is left out stays as it is.</summary>
public sealed record PrivacyRequest
{
    /// <summary>As <see cref="PrivacySettings.PrivateSession"/>.</summary>
    public bool? PrivateSession { get; init; }

    /// <summary>As <see cref="PrivacySettings.Audience"/>.</summary>
    public Audience? Audience { get; init; }

    /// <summary>As <see cref="PrivacySettings.History"/>.</summary>
    public Audience? History { get; init; }

    /// <summary>As <see cref="PrivacySettings.Connections"/>.</summary>
    public Audience? Connections { get; init; }

    /// <summary>As <see cref="PrivacySettings.ShowPosition"/>.</summary>
    public bool? ShowPosition { get; init; }

    /// <summary>As <see cref="PrivacySettings.ShowRoom"/>.</summary>
    public bool? ShowRoom { get; init; }

    /// <summary>With a private session: when it ends by itself, in hub milliseconds. Left out, it ends when it is ended.</summary>
    public double? PrivateUntilMs { get; init; }
}

/// <summary>A counted listen: half of the track, or four minutes of it, were heard.</summary>
/// <param name="Id">Sorts by when it was counted.</param>
/// <param name="Track">As the catalog has it now; as it was called then, when the catalog does not have it.</param>
/// <param name="StartedAtMs">Hub time at which its play began.</param>
public sealed record Listen(string Id, PlayingTrack Track, double StartedAtMs);
