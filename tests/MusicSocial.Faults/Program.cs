using System.Globalization;
using MusicSocial.Faults;
using MusicSocial.Faults.Measures;
using MusicSocial.Faults.Nemeses;
using MusicSocial.Faults.Rig;
using MusicSocial.TestRig;

// dotnet run -c Release --project tests/MusicSocial.Faults -- measure
// dotnet run -c Release --project tests/MusicSocial.Faults -- malformed [1000000]
// dotnet run -c Release --project tests/MusicSocial.Faults -- [--runs 100] [--seed 1] [--seconds 10] [--only "node killed"]
// Starts Redis, PostgreSQL and two nodes, hurts them at random while people use them, and prints what became of the promises.
if (args is ["measure"])
{
    await using var measured = await FaultCluster.StartAsync(nodes: 2);
    await new HubMeasures(measured, Console.WriteLine).RunAsync();
    return 0;
}

if (args is ["malformed", .. var count])
{
    // Refusals of calls are logged by the framework; the hub's own settings silence that, too.
    await using var hub = await HubProcess.StartAsync(null, "--Logging:LogLevel:Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", "None");
    return await new MalformedInput(hub, count is [var frames] ? int.Parse(frames, CultureInfo.InvariantCulture) : 1_000_000, seed: 1, Console.WriteLine).RunAsync() ? 0 : 1;
}

var given = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
var runs = Number("--runs", 10);
var seed = Number("--seed", 1);
var seconds = Number("--seconds", 10);
var nemeses = AllNemeses.List.Where(nemesis => !given.TryGetValue("--only", out var only) || nemesis.Name.Contains(only, StringComparison.Ordinal)).ToList();

var outcomes = new List<FaultOutcome>();
await using (var cluster = await FaultCluster.StartAsync(nodes: 2))
{
    for (var run = 0; run < runs; run++)
    {
        var outcome = await new FaultRun(cluster, nemeses, seed + run, TimeSpan.FromSeconds(seconds)).RunAsync();
        outcomes.Add(outcome);
        Console.Error.WriteLine(FaultReport.RowOf(outcome));
        foreach (var violation in outcome.Violations.Take(5))
            Console.Error.WriteLine($"  {violation.Promise}: {violation.Evidence}");
    }
}

Console.WriteLine(FaultReport.ToMarkdown(outcomes));
return outcomes.Exists(outcome => outcome.Violations.Count > 0) ? 1 : 0;

int Number(string name, int fallback) => given.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
