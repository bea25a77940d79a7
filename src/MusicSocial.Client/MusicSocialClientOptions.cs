namespace MusicSocial.Client;

/// <summary>Where the hub is, and how patient to be with it. The defaults suit people; a crowd in one process wants longer intervals.</summary>
public sealed class MusicSocialClientOptions
{
    /// <summary>Base addresses of the hub's nodes, e.g. <c>https://hub.example</c>. One is enough; with several, another takes over when one fails.</summary>
    public required IReadOnlyList<Uri> Nodes { get; init; }

    /// <summary>A node that has not let one in after this long is passed over for the next.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After this long without a word from the node it is asked whether it is still there.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the node may take to answer that, before its connection counts as broken.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long one call may take in all, over reconnects and repetitions.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Whether calls refused with a kind that may be retried (<see cref="RefusalKinds.MayBeRetried"/>) are repeated within
    /// <see cref="CallTimeout"/>; else the caller gets the refusal at once.
    /// </summary>
    public bool RetryRefusals { get; init; } = true;

    /// <summary>The first wait once every node has failed in a row. Waits double and are spread at random over their second half.</summary>
    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait between two rounds over the nodes.</summary>
    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Updates a subscription holds for a slow reader, 1 or more. Beyond them nothing is kept: the reader gets what it missed from the hub
    /// when it comes round to it.
    /// </summary>
    public int UpdatesHeld { get; init; } = 1024;

    /// <summary>The clock behind waits and hub time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal void Check()
    {
        if (Nodes.Count == 0 || Nodes.Any(node => !node.IsAbsoluteUri || node.Scheme is not ("http" or "https")))
            throw new InvalidOperationException("At least one node is needed, each with an absolute http or https address.");
        if (UpdatesHeld < 1)
            throw new InvalidOperationException("A subscription has to hold at least one update.");
    }
}
