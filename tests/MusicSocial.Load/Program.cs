using MusicSocial.Load;
using MusicSocial.Load.Backplane;
using MusicSocial.Load.Fanout;
using MusicSocial.Load.References;
using MusicSocial.Load.Serving;

// dotnet run -c Release --project tests/MusicSocial.Load -- <run> [runs]
// Each run starts a hub of its own on a free port with an empty data folder, measures it, and prints Markdown.
//
// dotnet run -c Release --project tests/MusicSocial.Load -- fanout [rows...] [--runs 5]
// Fan-out beside its references, written to docs/performance. The roles serve-... are the processes it measures; attack is the other side of "attacks".
switch (args)
{
    case ["fanout", .. var wantedRows]:
        return await FanoutCommand.RunAsync(wantedRows);
    case ["serve-hub", .. var settings]:
        await LoadHubServer.RunAsync(settings);
        return 0;
    case ["attack", var kind, var address, var song, var token]:
        await Attackers.RunAsync(kind, new Uri(address), song, token);
        return 0;
    case ["serve-stock", .. var settings]:
        await StockServer.RunAsync(settings);
        return 0;
}

Dictionary<string, Func<Report, Task>> runs = new()
{
    ["start"] = StartRun.MeasureAsync,
    ["idle"] = IdleRun.MeasureAsync,
    ["posts"] = PostRun.MeasureAsync,
    ["posts-postgres"] = PostRun.MeasureOnPostgresAsync,
    ["copy"] = CopyRun.MeasureAsync,
    ["pages"] = PageRun.MeasureAsync,
    ["scan"] = ScanRun.MeasureAsync,
    ["search"] = SearchRun.MeasureAsync,
    ["cues"] = CueRun.MeasureAsync,
    ["backplane"] = BackplaneRun.MeasureAsync,
    ["attacks"] = AttackRun.MeasureAsync,
};

var wanted = args.Length == 0 ? [.. runs.Keys] : args;
if (wanted.FirstOrDefault(name => !runs.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no run '{unknown}'. Runs: {string.Join(", ", runs.Keys)}.");
    return 2;
}

var report = new Report();
foreach (var name in wanted)
    await runs[name](report);
Console.WriteLine(report.ToMarkdown());
return 0;
