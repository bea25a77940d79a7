using System.Diagnostics;
using MusicSocial.Load.Generator;

namespace MusicSocial.Load.Fanout;

/// <summary>Lets a crowd publish at a rate and listen, and reads what that cost the server.</summary>
internal static class Delivering
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(5);

    /// <summary>Warms up at the same rate, so that the server's code is compiled as well as it gets, then measures.</summary>
    public static async Task<Reading> MeasureAsync(
        string row, MeasuredServer server, Crowd crowd, Load load, double size = 0, Speech? speech = null)
    {
        crowd.Publishing = new Publishing([.. crowd.Topics], speech ?? Speech.Notes);
        crowd.Publishing.Start(load.PerSecond);
        crowd.RunFor(load.WarmUp);
        crowd.Publishing.Stop();
        crowd.TryRunUntil(() => crowd.HasEverything, DrainPatience);

        var spent = await server.ExpensesAsync();
        crowd.BeginCounting();
        var (began, cpu) = (Stopwatch.GetTimestamp(), server.ProcessorTime);
        crowd.Publishing.Start(load.PerSecond);
        crowd.RunFor(load.Span);
        crowd.Publishing.Stop();
        crowd.TryRunUntil(() => crowd.HasEverything, DrainPatience);
        var (took, used) = (Stopwatch.GetElapsedTime(began), server.ProcessorTime - cpu);
        var garbage = (await server.ExpensesAsync()).AllocatedBytes - spent.AllocatedBytes;
        return new(row, server.Name, size, ValuesOf(crowd.Findings, took, used, garbage), Verdict.Of(crowd));
    }

    /// <summary>Connects a crowd that follows <paramref name="topics"/> topics, <paramref name="seats"/> listeners each.</summary>
    public static Crowd Gather(MeasuredServer server, int topics, int seats, string? path = null)
    {
        var crowd = new Crowd(server.Port, path is null ? null : _ => path);
        for (var i = 0; i < topics * seats; i++)
            crowd.Add([$"note:{i % topics}"]);
        crowd.Arrive(atOnce: 200, Patience);
        return crowd;
    }

    private static Dictionary<string, double> ValuesOf(Findings found, TimeSpan took, TimeSpan used, long garbage) => new()
    {
        [Figures.Cpu] = used.TotalMicroseconds / found.Deliveries,
        [Figures.Median] = found.Latencies.QuantileMs(0.5),
        [Figures.P99] = found.Latencies.QuantileMs(0.99),
        [Figures.P999] = found.Latencies.QuantileMs(0.999),
        [Figures.Garbage] = (double)garbage / found.Deliveries,
        [Figures.EventsPerFrame] = (double)found.Deliveries / Math.Max(1, found.Frames),
        [Figures.PerSecond] = found.Deliveries / took.TotalSeconds,
        [Figures.Busy] = used / took,
    };
}

/// <summary>How much is published for how long.</summary>
/// <param name="PerSecond">Events per second over all topics.</param>
/// <param name="WarmUp">Before anything counts.</param>
/// <param name="Span">While it counts.</param>
internal sealed record Load(double PerSecond, TimeSpan WarmUp, TimeSpan Span)
{
    public static Load For(double perSecond, double seconds = 8) => new(perSecond, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(seconds));
}
