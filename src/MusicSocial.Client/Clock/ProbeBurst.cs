namespace MusicSocial.Client.Clock;

/// <summary>What several probes in a row say together.</summary>
/// <param name="OffsetMs">Hub clock minus this machine's.</param>
/// <param name="AtMs">The time on this machine the offset belongs to.</param>
/// <param name="RoundTripMs">The smallest round trip.</param>
internal sealed record ProbeBurst(double OffsetMs, double AtMs, double RoundTripMs)
{
    private const int Believed = 3;

    /// <summary>
    /// The median offset of the three smallest round trips: queueing only ever adds, so the quickest answers lie least. One that took twice
    /// as long as the quickest says nothing beside it: where most probes were lost, two late ones would be the majority.
    /// </summary>
    public static ProbeBurst Of(IReadOnlyCollection<Probe> probes)
    {
        var slowestMs = (2 * probes.Min(probe => probe.RoundTripMs)) + 1;
        var quickest = probes.Where(probe => probe.RoundTripMs <= slowestMs).OrderBy(probe => probe.RoundTripMs).Take(Believed).ToList();
        var middle = quickest.OrderBy(probe => probe.OffsetMs).ElementAt((quickest.Count - 1) / 2);
        return new ProbeBurst(middle.OffsetMs, (middle.SentMs + middle.ReceivedMs) / 2, quickest[0].RoundTripMs);
    }

    /// <summary>The mean round trip of a burst, and by how much it scatters (one standard deviation), milliseconds.</summary>
    public static (double RoundTripMs, double JitterMs) PathOf(IReadOnlyCollection<Probe> probes)
    {
        var mean = probes.Average(probe => probe.RoundTripMs);
        return (mean, Math.Sqrt(probes.Average(probe => Math.Pow(probe.RoundTripMs - mean, 2))));
    }
}

/// <summary>One question to the hub: asked and answered on this machine's clock, stamped by the hub in between.</summary>
internal readonly record struct Probe(double SentMs, double HubMs, double ReceivedMs)
{
    public double RoundTripMs => ReceivedMs - SentMs;

    /// <summary>Hub clock minus this machine's, were both ways equally long.</summary>
    public double OffsetMs => HubMs - ((SentMs + ReceivedMs) / 2);
}
