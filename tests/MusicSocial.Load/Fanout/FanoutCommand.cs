using System.Globalization;
using System.Runtime.CompilerServices;
using MusicSocial.Load.Reporting;

namespace MusicSocial.Load.Fanout;

/// <summary>
/// The command <c>fanout [rows...] [--runs 5] [--more yes] [--out folder]</c>. Rows that are not measured keep what was measured before; <c>--more</c> adds runs to it.
/// <c>--runs 0 --more yes</c> only writes the report again.
/// </summary>
internal static class FanoutCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = arguments.SkipWhile(argument => !argument.StartsWith("--", StringComparison.Ordinal)).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        var wanted = arguments.TakeWhile(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToList();
        if (wanted.Find(name => Row.All.All(row => row.Name != name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no row '{unknown}'. Rows: {string.Join(", ", Row.All.Select(row => row.Name))}.");
            return 2;
        }

        var runs = int.Parse(options.GetValueOrDefault("--runs", "5"), CultureInfo.InvariantCulture);
        var folder = Directory.CreateDirectory(options.GetValueOrDefault("--out", ReportFolder())).FullName;
        Cores.PinThisProcess();
        var readings = new Readings(Path.Combine(folder, "readings.jsonl"));
        foreach (var row in Row.All.Where(row => wanted.Count == 0 || wanted.Contains(row.Name)))
        {
            if (!options.ContainsKey("--more"))
                readings.Forget(row.Name);
            for (var run = 0; run < runs; run++)
                await row.MeasureAsync(readings);
            readings.Save();
        }

        await FanoutReport.WriteAsync(folder, readings.All);
        return 0;
    }

    private static string ReportFolder([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "docs", "performance"));
}
