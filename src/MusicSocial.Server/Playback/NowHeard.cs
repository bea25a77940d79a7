using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>The one thing a person hears, out of all their devices.</summary>
/// <param name="Device">The device that won.</param>
/// <param name="IsStale">Whether it should have said something by now.</param>
internal sealed record NowHeard(DevicePlayback Device, bool IsStale)
{
    public PlaybackState State => Device.Latest.State;

    public HeardTrack Track => Device.Latest.Track!;

    public Timeline Timeline => Device.Latest.Timeline;

    public string? RoomId => Device.Latest.RoomId;

    /// <summary>
    /// Whether <paramref name="other"/> would tell people something new at <paramref name="now"/>. Reports that only confirm
    /// what everybody extrapolates are not news; a position more than <see cref="PlaybackRules.JumpTolerance"/> off is.
    /// </summary>
    public bool IsNews(NowHeard other, HubTime now) =>
        State != other.State
        || IsStale != other.IsStale
        || Track != other.Track
        || Device.Latest.Source != other.Device.Latest.Source
        || RoomId != other.RoomId
        || Timeline.ItemId != other.Timeline.ItemId
        || Timeline.Rate != other.Timeline.Rate
        || (Timeline.PositionAt(now) - other.Timeline.PositionAt(now)).Duration() > PlaybackRules.JumpTolerance;
}
