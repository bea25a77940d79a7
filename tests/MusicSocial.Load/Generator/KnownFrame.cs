namespace MusicSocial.Load.Generator;

/// <summary>A frame that was read once; whoever gets the same bytes gets the same frame.</summary>
/// <param name="Topic">Its topic's name.</param>
/// <param name="Epoch">The numbering.</param>
/// <param name="From">First offset covered.</param>
/// <param name="To">Last offset covered.</param>
/// <param name="Shown">How many events it says it holds.</param>
/// <param name="Total">How many it says it covers.</param>
/// <param name="Events">What it holds.</param>
internal sealed record KnownFrame(string Topic, string Epoch, long From, long To, long Shown, long Total, IReadOnlyList<KnownEvent> Events)
{
    /// <summary>When its events were due to be published, in ticks of the stopwatch.</summary>
    public long[] Stamps { get; } = [.. Events.Where(one => one.Stamp > 0).Select(one => one.Stamp)];

    /// <summary>What is wrong with it in itself; null when nothing is.</summary>
    public string? Flaw(HeardTopic topic)
    {
        if (Shown != Events.Count || Total != To - From + 1 || Shown > Total)
            return $"{Topic}: {From} to {To} says {Shown} of {Total} and holds {Events.Count}";
        var before = From - 1;
        foreach (var one in Events)
        {
            if (one.Offset <= before || one.Offset > To)
                return $"{Topic}: event {one.Offset} after {before} in a frame of {From} to {To}";
            if (one.Stamp > 0 && !topic.Agrees(one.Number, one.Offset))
                return $"{Topic}: the event published as {one.Number} came under two offsets, {one.Offset} the second";
            before = one.Offset;
        }

        return null;
    }
}

/// <summary>An event in it.</summary>
/// <param name="Offset">Its number in the topic.</param>
/// <param name="Stamp">When it was due to be published; 0 when nobody of the crowd published it.</param>
/// <param name="Number">The publisher's own number of it.</param>
internal readonly record struct KnownEvent(long Offset, long Stamp, long Number);
