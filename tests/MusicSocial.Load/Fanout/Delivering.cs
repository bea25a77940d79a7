using System.Diagnostics;
using MusicSocial.Load.Generator;

namespace MusicSocial.Load.Fanout;

/// <summary>Lets a crowd publish at a rate and listen, and reads what that cost.</summary>
internal static class Delivering
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<Reading> MeasureAsync(Trial trial)
    {
        var crowd = trial.Crowd;
        Speak(trial, trial.WarmUp);
        var spent = await AllocatedAsync(trial);
        crowd.BeginCounting();
        var (began, cpu, idle) = (Stopwatch.GetTimestamp(), ProcessorTimeOf(trial), crowd.Idle);
        Speak(trial, trial.Span);
        var (took, used) = (Stopwatch.GetElapsedTime(began), ProcessorTimeOf(trial) - cpu);
        var garbage = await AllocatedAsync(trial) - spent;
        var found = crowd.Findings;
        var values = new Dictionary<string, double>
        {
            [Figures.Cpu] = used.TotalMicroseconds / found.Deliveries,
            [Figures.Median] = found.Latencies.QuantileMs(0.5),
            [Figures.P99] = found.Latencies.QuantileMs(0.99),
            [Figures.P999] = found.Latencies.QuantileMs(0.999),
            [Figures.Garbage] = (double)garbage / found.Deliveries,
            [Figures.EventsPerFrame] = (double)found.Deliveries / Math.Max(1, found.Frames),
            [Figures.PerSecond] = found.Deliveries / trial.Span.TotalSeconds,
            [Figures.Busy] = used / took,
            [Figures.CrowdBusy] = 1 - ((crowd.Idle - idle) / took),
        };
        return new(trial.Row, trial.Server, trial.Size, values, Verdict.Of(crowd));
    }

    /// <summary>Publishes for a while, and runs on until all of it was heard or nobody can be waited for any longer.</summary>
    public static void Speak(Trial trial, TimeSpan span)
    {
        var crowd = trial.Crowd;
        crowd.Publishing = new Publishing(trial.Topics ?? [.. crowd.Topics], trial.Speech);
        crowd.Publishing.Start(trial.PerSecond);
        crowd.RunFor(span);
        crowd.Publishing.Stop();
        crowd.TryRunUntil(() => crowd.HasEverything, trial.Patience);
    }

    /// <summary>Connects a crowd that follows <paramref name="topics"/> topics, <paramref name="seats"/> listeners each.</summary>
    public static Crowd Gather(MeasuredServer server, int topics, int seats)
    {
        var crowd = new Crowd();
        for (var i = 0; i < topics * seats; i++)
            crowd.Add(new Listener(i, server.Port), $"note:{i % topics}");
        crowd.Arrive(atOnce: 200, Patience);
        return crowd;
    }

    private static TimeSpan ProcessorTimeOf(Trial trial) =>
        trial.Servers.Aggregate(TimeSpan.Zero, (sum, server) => sum + server.ProcessorTime);

    private static async Task<long> AllocatedAsync(Trial trial)
    {
        var sum = 0L;
        foreach (var server in trial.Servers)
            sum += (await server.ExpensesAsync()).AllocatedBytes;
        return sum;
    }
}
