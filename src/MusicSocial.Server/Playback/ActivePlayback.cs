using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>The one playback a person hears, out of all their devices.</summary>
/// <param name="Device">The device it comes from.</param>
/// <param name="IsStale">Whether the device should have reported by now.</param>
internal sealed record ActivePlayback(DevicePlayback Device, bool IsStale)
{
    public PlaybackState State => Device.Latest.State;

    public PlayingTrack Track => Device.Latest.Track!;

    public Timeline Timeline => Device.Latest.Timeline;

    public string? RoomId => Device.Latest.RoomId;

    /// <summary>
    /// Chooses in this order: a device that plays before one that is paused; a fresh one before a stale one; a room before a player of the person's
    /// own; the one that began to play most recently; and, so that the answer never depends on the order of arrival, the smaller device id.
    /// </summary>
    public static ActivePlayback? Of(IEnumerable<DevicePlayback> devices, HubTime now)
    {
        DevicePlayback? best = null;
        foreach (var device in devices)
        {
            if (device.StateAt(now) != PlaybackState.Stopped && (best is null || Compare(device, best, now) > 0))
                best = device;
        }

        return best is null ? null : new ActivePlayback(best, best.IsStaleAt(now));
    }

    /// <summary>
    /// Whether <paramref name="other"/> would tell people something new at <paramref name="now"/>. Reports that only confirm what clients extrapolate are
    /// not news; a position more than <see cref="PlaybackRules.JumpTolerance"/> off is.
    /// </summary>
    public bool IsNews(ActivePlayback other, HubTime now) =>
        State != other.State
        || IsStale != other.IsStale
        || Track != other.Track
        || Device.Latest.Source != other.Device.Latest.Source
        || RoomId != other.RoomId
        || Timeline.ItemId != other.Timeline.ItemId
        || Timeline.Rate != other.Timeline.Rate
        || (Timeline.PositionAt(now) - other.Timeline.PositionAt(now)).Duration() > PlaybackRules.JumpTolerance;

    private static int Compare(DevicePlayback a, DevicePlayback b, HubTime now)
    {
        var byState = a.StateAt(now).CompareTo(b.StateAt(now));
        if (byState != 0)
            return byState;
        var byFreshness = b.IsStaleAt(now).CompareTo(a.IsStaleAt(now));
        if (byFreshness != 0)
            return byFreshness;
        var byRoom = a.IsRoom.CompareTo(b.IsRoom);
        if (byRoom != 0)
            return byRoom;
        var byStart = a.StartedAt.CompareTo(b.StartedAt);
        return byStart != 0 ? byStart : string.CompareOrdinal(b.DeviceId, a.DeviceId);
    }
}
