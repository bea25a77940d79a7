using System.Globalization;
using System.Runtime.CompilerServices;

namespace MusicSocial.Load.Fanout;

/// <summary>The command <c>fanout [rows...] [--runs 5] [--out folder]</c>.</summary>
internal static class FanoutCommand
{
    private static readonly Dictionary<string, Func<Readings, Task>> Rows = new()
    {
        [SongRow.Name] = SongRow.MeasureAsync,
        [RoomsRow.Name] = RoomsRow.MeasureAsync,
    };

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = arguments.SkipWhile(argument => !argument.StartsWith("--", StringComparison.Ordinal)).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        var wanted = arguments.TakeWhile(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToList();
        if (wanted.Find(row => !Rows.ContainsKey(row)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no row '{unknown}'. Rows: {string.Join(", ", Rows.Keys)}.");
            return 2;
        }

        var runs = int.Parse(options.GetValueOrDefault("--runs", "5"), CultureInfo.InvariantCulture);
        var folder = Directory.CreateDirectory(options.GetValueOrDefault("--out", ReportFolder())).FullName;
        Cores.PinThisProcess();
        var readings = new Readings(Path.Combine(folder, "readings.jsonl"));
        foreach (var row in wanted.Count == 0 ? [.. Rows.Keys] : wanted)
        {
            readings.Forget(row);
            for (var run = 0; run < runs; run++)
                await Rows[row](readings);
            readings.Save();
        }

        return 0;
    }

    private static string ReportFolder([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "docs", "performance"));
}
