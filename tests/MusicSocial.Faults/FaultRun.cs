using System.Diagnostics;
using MusicSocial.Faults.Clients;
using MusicSocial.Faults.History;
using MusicSocial.Faults.Nemeses;
using MusicSocial.Faults.Rig;

namespace MusicSocial.Faults;

/// <summary>One run: people use the hub while it is hurt at random, then it is healed and everything they recorded is checked.</summary>
internal sealed class FaultRun(FaultCluster cluster, IReadOnlyList<Nemesis> nemeses, int seed, TimeSpan length)
{
    /// <summary>Followers who do not know everything this long after the last fault never will.</summary>
    private static readonly TimeSpan ConvergencePatience = TimeSpan.FromSeconds(30);

    /// <summary>Beyond the faults themselves: starting, converging and comparing. A run that takes longer waits for something that will not come.</summary>
    private static readonly TimeSpan Overhead = TimeSpan.FromMinutes(3);

    private readonly Random _random = new(seed);
    private readonly Recorder _recorder = new();
    private readonly List<string> _faults = [];
    private volatile string _step = "";

    public async Task<FaultOutcome> RunAsync()
    {
        var run = RunStepsAsync();
        try
        {
            return await run.WaitAsync(length + Overhead);
        }
        catch (TimeoutException exception) when (!run.IsCompleted)
        {
            throw new TimeoutException($"Seed {seed} stood still while {_step}, after: {string.Join(", ", _faults)}.", exception);
        }
    }

    private async Task<FaultOutcome> RunStepsAsync()
    {
        _step = "clients gathered";
        await using var crowd = await Crowd.GatherAsync(cluster, _recorder, seed);
        _step = "faults were injected";
        await HurtAsync();
        crowd.StopWriting();
        _step = "the cluster was healed";
        await cluster.HealAsync();
        var healed = Stopwatch.GetTimestamp();
        _step = "writers waited for their last answers";
        await crowd.WrittenAsync();

        // On the stalled line every step takes seconds by itself: it must know everything too, but it is not what is timed.
        _step = "followers converged";
        await ConvergeAsync(crowd, healed, client => client != Crowd.StalledWitness);
        var converged = Stopwatch.GetElapsedTime(healed);
        var (diverged, truth) = await ConvergeAsync(crowd, healed, _ => true);
        _step = "the room was compared";
        List<Violation> violations = [.. HistoryChecker.Check(_recorder.Entries, truth), .. diverged, .. await crowd.CheckRoomAsync(cluster)];
        return new FaultOutcome(
            seed, _faults, _recorder.Entries.OfType<Acknowledged>().Count(), crowd.Commands,
            _recorder.Entries.OfType<Delivered>().Sum(delivered => delivered.Events.Count), converged, violations);
    }

    private async Task HurtAsync()
    {
        var began = Stopwatch.GetTimestamp();
        do
        {
            await Task.Delay(_random.Next(300, 1_000));
            var nemesis = nemeses[_random.Next(nemeses.Count)];
            _faults.Add(nemesis.Name);
            await nemesis.StrikeAsync(cluster, _random);
            await Task.Delay(_random.Next(300, 3_000));
            await cluster.HealAsync();
        }
        while (Stopwatch.GetElapsedTime(began) < length);
    }

    private async Task<(IReadOnlyList<Violation> Diverged, IReadOnlyList<SeenComment> Truth)> ConvergeAsync(
        Crowd crowd, long healed, Predicate<string> counts)
    {
        while (true)
        {
            var truth = await crowd.TruthAsync();
            var diverged = HistoryChecker.CheckConvergence([.. _recorder.Entries.Where(entry => counts(entry.Client))], truth);
            if (diverged.Count == 0 || Stopwatch.GetElapsedTime(healed) > ConvergencePatience)
                return (diverged, truth);
            await Task.Delay(50);
        }
    }
}
