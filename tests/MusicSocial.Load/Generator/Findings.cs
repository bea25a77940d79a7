namespace MusicSocial.Load.Generator;

/// <summary>What the crowd heard since counting began.</summary>
internal sealed class Findings
{
    public Latencies Latencies { get; } = new();

    /// <summary>Events delivered, summed over the listeners.</summary>
    public long Deliveries { get; set; }

    /// <summary>Frames delivered, summed over the listeners.</summary>
    public long Frames { get; set; }

    /// <summary>Frames that began at or before an offset the listener knew already.</summary>
    public long Duplicates { get; set; }

    /// <summary>Frames that began after more than the next offset, without a word.</summary>
    public long Holes { get; set; }

    /// <summary>Gaps that were announced.</summary>
    public long Gaps { get; set; }

    /// <summary>Follows that were answered with everything missed.</summary>
    public long Recovered { get; set; }

    /// <summary>Follows after the first that were answered with a snapshot.</summary>
    public long StartedOver { get; set; }

    /// <summary>Connections the server ended.</summary>
    public long Ended { get; set; }

    /// <summary>Calls answered with an error.</summary>
    public long Refused { get; set; }

    /// <summary>Calls answered with a result.</summary>
    public long Answered { get; set; }

    /// <summary>What was wrong with frames in themselves; the first few of them.</summary>
    public List<string> Flaws { get; } = [];

    public void AddFlaw(string flaw)
    {
        if (Flaws.Count < 20)
            Flaws.Add(flaw);
    }

    public void Clear()
    {
        Latencies.Clear();
        Flaws.Clear();
        (Deliveries, Frames, Duplicates, Holes, Gaps, Recovered, StartedOver, Ended, Refused, Answered) = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
