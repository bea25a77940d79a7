using System.Runtime.InteropServices;

namespace MusicSocial.Sync;

/// <summary>How long a member's messages are under way, as the member itself measured it.</summary>
/// <param name="RoundTrip">There and back.</param>
/// <param name="Jitter">One standard deviation of it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PathDelay(TimeSpan RoundTrip, TimeSpan Jitter)
{
    /// <summary>No path is believed to be slower.</summary>
    public static readonly TimeSpan Slowest = TimeSpan.FromSeconds(10);

    /// <summary>When a message that is sent now has arrived, nearly always: one way and twice its jitter.</summary>
    public TimeSpan Reach => (RoundTrip / 2) + (2 * Jitter);

    /// <summary>Whether such a path can be.</summary>
    public static bool IsPlausible(double roundTripMs, double jitterMs) =>
        roundTripMs >= 0 && jitterMs >= 0 && roundTripMs <= Slowest.TotalMilliseconds && jitterMs <= Slowest.TotalMilliseconds;
}
