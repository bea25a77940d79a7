using System.Runtime.InteropServices;

namespace MusicSocial.Sync;

/// <summary>
/// How far ahead a change of the timeline is anchored, so that it reaches all members before it is due. Chosen from the members'
/// round trips by the node that applies the command.
/// </summary>
public static class LeadTime
{
    /// <summary>The least that helps: one way over a good network plus a media element's start.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(80);

    /// <summary>The most that still feels immediate.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(400);

    /// <summary>Used while nothing is known about the members' round trips.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// What a client needs between hearing of a start and making the first sample heard: what is already on its way to the loudspeaker (93 ms measured with
    /// a browser's larger buffers) plus placing the sound. With 60 ms all members were late, each by a different amount (ADR 14).
    /// </summary>
    public static readonly TimeSpan Preparation = TimeSpan.FromMilliseconds(140);

    /// <summary>
    /// The lead that reaches nine of ten members in time: not all of them, since one bad connection must not slow a whole room; a client that hears of a
    /// start too late joins the line late and disturbs no other.
    /// </summary>
    public static TimeSpan For(IEnumerable<PathDelay> members)
    {
        var reaches = members.Select(member => member.Reach).Order().ToArray();
        return reaches.Length == 0 ? Default : Clamp(reaches[(int)Math.Ceiling(reaches.Length * 0.9) - 1] + Preparation);
    }

    /// <summary>The nearest allowed lead.</summary>
    public static TimeSpan Clamp(TimeSpan lead) => lead < Shortest ? Shortest : lead > Longest ? Longest : lead;
}

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

/// <summary>When a command is applied, and when what it starts is due.</summary>
/// <param name="Now">The present hub time.</param>
/// <param name="Start">The instant at which music that the command sets going starts: now plus the lead.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CommandTime(HubTime Now, HubTime Start)
{
    /// <summary>The moment <paramref name="now"/> with a lead brought into bounds.</summary>
    public static CommandTime Of(HubTime now, TimeSpan lead) => new(now, now + LeadTime.Clamp(lead));
}
