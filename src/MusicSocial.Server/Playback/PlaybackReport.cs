namespace MusicSocial.Server.Playback;

/// <summary>What a player says: hub method <c>ReportPlayback</c>. Sent when something changes and every 15 to 30 seconds while playing.</summary>
/// <param name="TrackId">A track of the catalog; or else <paramref name="Title"/> and <paramref name="Artist"/> name what plays.</param>
/// <param name="DurationMs">Length of a track known by name only, when the player knows it.</param>
/// <param name="PositionMs">Where the track was at <paramref name="AtMs"/>: 0 to 24 hours.</param>
/// <param name="State"><c>playing</c>, <c>paused</c> or <c>stopped</c>; stopped needs nothing but the device.</param>
/// <param name="Rate">0.25 to 4, 1 when absent; only read while playing.</param>
/// <param name="DeviceId">The player's own id, the same over reconnects: 1 to 64 characters.</param>
/// <param name="AtMs">Hub time at which the position was read: puts late reports in their place. Absent: when the report comes in.</param>
public sealed record PlaybackReport(
    string? TrackId, string? Artist, string? Title, string? Album, double? DurationMs, double PositionMs, string? State, double? Rate,
    string? DeviceId, double? AtMs);
