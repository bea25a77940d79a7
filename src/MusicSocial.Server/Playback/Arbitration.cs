namespace MusicSocial.Server.Playback;

/// <summary>
/// Which of a person's devices they hear. In this order: one that plays before one that is paused; one heard from lately
/// before a stale one; a room before a player of one's own; the one that began to play most recently; and, so that the answer
/// never depends on the order of arrival, the smaller device id.
/// </summary>
internal static class Arbitration
{
    public static NowHeard? Decide(IEnumerable<DevicePlayback> devices, HubTime now)
    {
        DevicePlayback? best = null;
        foreach (var device in devices)
        {
            if (device.StateAt(now) != PlaybackState.Stopped && (best is null || Compare(device, best, now) > 0))
                best = device;
        }

        return best is null ? null : new NowHeard(best, best.IsStaleAt(now));
    }

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
