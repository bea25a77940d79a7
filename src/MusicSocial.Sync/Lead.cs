namespace MusicSocial.Sync;

/// <summary>
/// How far ahead a change of the timeline is anchored, so that it reaches everyone before it is due. Chosen from the members'
/// round trips by whoever applies the command.
/// </summary>
public static class Lead
{
    /// <summary>The least that helps: one way over a good network plus a media element's start.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(80);

    /// <summary>The most that still feels immediate.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(400);

    /// <summary>Used while nothing is known about the members' round trips.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// What a client needs between hearing of a start and making the first sample heard: what is already on its way to the loudspeaker (93 ms measured with
    /// a browser's larger buffers) plus placing the sound. With 60 ms everybody was late, each by something else (ADR 14).
    /// </summary>
    public static readonly TimeSpan Preparation = TimeSpan.FromMilliseconds(140);

    /// <summary>
    /// The lead that reaches nine of ten members in time: not all of them, since one bad connection must not slow a whole room; whoever hears of a
    /// start too late places themselves on the line late and disturbs nobody.
    /// </summary>
    public static TimeSpan For(IEnumerable<PathDelay> members)
    {
        var reaches = members.Select(member => member.Reach).Order().ToArray();
        return reaches.Length == 0 ? Default : Clamp(reaches[(int)Math.Ceiling(reaches.Length * 0.9) - 1] + Preparation);
    }

    /// <summary>The nearest allowed lead.</summary>
    public static TimeSpan Clamp(TimeSpan lead) => lead < Shortest ? Shortest : lead > Longest ? Longest : lead;
}
