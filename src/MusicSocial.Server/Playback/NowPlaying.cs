using MusicSocial.Server.Accounts;
using MusicSocial.Server.Rooms;

namespace MusicSocial.Server.Playback;

/// <summary>
/// What somebody plays, for others: enough to listen along (<paramref name="Timeline"/>) and to join. Somebody who is hidden
/// and somebody who plays nothing look the same: stopped, and nothing else.
/// </summary>
/// <param name="User">Whose it is.</param>
/// <param name="State">Stopped comes alone.</param>
/// <param name="Track">What plays.</param>
/// <param name="Timeline">Where it is; extrapolate with hub time.</param>
/// <param name="Source">How the hub knows.</param>
/// <param name="ReportedAtMs">Hub time of the latest report.</param>
/// <param name="AgeMs">How old that report was when this was written.</param>
/// <param name="Stale">Whether the player should have spoken since: it may have stopped.</param>
/// <param name="RoomId">The room that plays; only when everybody may find it.</param>
/// <param name="Joinable">Whether <paramref name="RoomId"/> can be joined.</param>
public sealed record NowPlaying(
    User User, PlaybackState State, HeardTrack? Track, TimelineView? Timeline, PlaybackSource? Source, double? ReportedAtMs, double? AgeMs,
    bool Stale, string? RoomId, bool Joinable)
{
    /// <summary>Nothing, or nothing to be seen.</summary>
    internal static NowPlaying Nothing(User user) =>
        new(user, PlaybackState.Stopped, null, null, null, null, null, Stale: false, null, Joinable: false);
}
