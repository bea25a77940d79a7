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
    public static readonly TimeSpan Default = TimeSpan.FromMilliseconds(150);

    /// <summary>The nearest allowed lead.</summary>
    public static TimeSpan Clamp(TimeSpan lead) => lead < Shortest ? Shortest : lead > Longest ? Longest : lead;
}
