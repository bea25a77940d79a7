using System.Globalization;
using System.Text;
using MusicSocial.Load.Fanout;

namespace MusicSocial.Load.Reporting;

/// <summary>Writes what was measured into the report: tables between marks in README.md, whose prose stays, and plots beside it.</summary>
internal static class FanoutReport
{
    public static async Task WriteAsync(string folder, IReadOnlyList<Reading> readings)
    {
        var summary = new Summary(readings);
        var listeners = new CurveTable(summary, ListenersCurve.Name, "listeners of one topic");
        var topics = new CurveTable(summary, TopicsCurve.Name, "topics");
        await DrawAsync(Path.Combine(folder, "listeners-cpu.svg"), listeners.Draw("Processor time per delivery", Figures.Cpu, "us"));
        await DrawAsync(Path.Combine(folder, "listeners-p99.svg"), listeners.Draw("p99 from post to delivery", Figures.P99, "ms"));
        await DrawAsync(Path.Combine(folder, "topics-cpu.svg"), topics.Draw("Processor time per delivery", Figures.Cpu, "us"));
        await DrawAsync(Path.Combine(folder, "topics-p99.svg"), topics.Draw("p99 from post to delivery", Figures.P99, "ms"));

        var readme = Path.Combine(folder, "README.md");
        var text = File.Exists(readme) ? await File.ReadAllTextAsync(readme) : "# Performance\n\n<!-- targets -->\n<!-- end -->\n";
        text = Fill(text, "targets", new TargetTable(summary).Write());
        text = Fill(text, "machine", Machine());
        text = Fill(text, "runs", Runs(summary));
        text = Fill(text, "promises", Promises(readings));
        text = Fill(text, "listeners", listeners.Write());
        text = Fill(text, "topics", topics.Write());
        await File.WriteAllTextAsync(readme, text);
    }

    // A curve that was not measured leaves the plot that is there.
    private static Task DrawAsync(string file, string svg) => svg.Length == 0 ? Task.CompletedTask : File.WriteAllTextAsync(file, svg);

    private static string Fill(string text, string mark, string content)
    {
        var begin = $"<!-- {mark} -->\n";
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        if (from < 0)
            return text;
        from += begin.Length;
        var to = text.IndexOf("<!-- end -->", from, StringComparison.Ordinal);
        return $"{text[..from]}{content.TrimEnd()}\n{text[to..]}";
    }

    private static string Machine()
    {
        var memory = long.Parse(File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) >> 20;
        var cores = File.ReadLines("/proc/cpuinfo").Count(line => line.StartsWith("processor", StringComparison.Ordinal));
        var kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Split('-')[0];
        return $"{cores} cores, {memory} GB of memory, Linux {kernel}, .NET {Environment.Version}; the network is the machine's own loopback.";
    }

    private static string Runs(Summary summary)
    {
        var text = new StringBuilder("| row | runs |\n|---|--:|\n");
        foreach (var row in Row.All)
        {
            var runs = new[] { MeasuredServer.Hub, MeasuredServer.Product, NodesRow.Two }.Max(server => summary.RunsOf(row.Name, server) / Math.Max(1, SizesOf(summary, row.Name)));
            text.AppendLine($"| {row.Name} | {runs} |");
        }

        return text.ToString();
    }

    // The frames row has sizes, too, but they are what it found out.
    private static int SizesOf(Summary summary, string row) => row == FramesRow.Name ? 1 : summary.Sizes(row).Count;

    private static string Promises(IReadOnlyList<Reading> readings)
    {
        var text = new StringBuilder("| | readings | with order broken, doubled, lost or miscounted |\n|---|--:|--:|\n");
        foreach (var server in readings.GroupBy(reading => reading.Server))
            text.AppendLine($"| {server.Key} | {server.Count()} | {server.Count(reading => reading.Violations.Count > 0)} |");
        return text.ToString();
    }
}
