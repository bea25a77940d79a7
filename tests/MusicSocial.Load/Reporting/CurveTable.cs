using System.Text;
using MusicSocial.Load.Fanout;

namespace MusicSocial.Load.Reporting;

/// <summary>A curve as a table, and as what <see cref="LineChart"/> draws.</summary>
internal sealed class CurveTable(Summary summary, string row, string sizeName)
{
    private static readonly string[] Servers = [MeasuredServer.Bare, MeasuredServer.Hub, MeasuredServer.Stock];

    public string Write()
    {
        if (summary.Sizes(row).Count == 0)
            return "Not measured for this page.";
        var text = new StringBuilder($"![Processor time per delivery]({row}-cpu.svg)\n![p99 from post to delivery]({row}-p99.svg)\n\n");
        text.Append($"| {sizeName} | {string.Join(" | ", Servers.Select(server => $"{server}: time per delivery, p99"))} |\n|--:|--:|--:|--:|\n");
        foreach (var size in summary.Sizes(row))
        {
            var cells = Servers.Select(server => summary.Median(row, server, Figures.Cpu, size) is { } cpu
                ? $"{Summary.Number(cpu)} us, {Summary.Number(summary.Median(row, server, Figures.P99, size)!.Value)} ms"
                : "-");
            text.AppendLine($"| {Summary.Number(size)} | {string.Join(" | ", cells)} |");
        }

        return text.ToString();
    }

    public string Draw(string title, string figure, string unit) => new LineChart(title, sizeName, unit).Draw(
        [.. Servers.Select(server => (server, Points(server, figure))).Where(line => line.Item2.Count > 0)]);

    private List<(double X, double Y)> Points(string server, string figure) =>
        [.. summary.Sizes(row)
            .Select(size => (X: size, Y: summary.Median(row, server, figure, size) ?? double.NaN))
            .Where(point => double.IsFinite(point.Y) && point.Y > 0)];
}
