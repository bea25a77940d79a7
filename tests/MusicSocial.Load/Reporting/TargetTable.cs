using System.Text;
using MusicSocial.Load.Fanout;

namespace MusicSocial.Load.Reporting;

/// <summary>The targets, beside what was measured.</summary>
internal sealed class TargetTable(Summary summary)
{
    private readonly StringBuilder _text = new(
        "| | bare C | stock SignalR | MusicSocial | target | stretch | met |\n|---|---|---|---|---|---|---|\n");

    public string Write()
    {
        AddRatio("one song, 5,000 listeners, 10 events/s: processor time per delivery", SongRow.Name, 2.0, 1.6);
        AddMost("... p99 delivery", SongRow.Name, Figures.P99, "ms", 60, 45);
        AddRatio("1,000 rooms of 5 listeners, 2 events/s each: processor time per delivery", RoomsRow.Name, 3.0, 2.3);
        AddMost("... p99 delivery", RoomsRow.Name, Figures.P99, "ms", 5, 1);
        AddFrames();
        AddMost("garbage per delivery, one song", SongRow.Name, Figures.Garbage, "B", 64, 32);
        AddMost("... 1,000 rooms", RoomsRow.Name, Figures.Garbage, "B", 64, 32);
        AddMost("resident memory per idle connection", IdleRow.Name, Figures.Resident, "KB", 20, 14, scale: 1_024);
        AddMost("p99 of the healthy with 1 % stalled, by p99 without", StallRow.Name, Figures.StallRatio, "", 1.2, 1.05);
        AddMost("post to delivery on a quiet topic, p99", QuietRow.Name, Figures.P99, "ms", 5, 2);
        AddStorm();
        AddNodes();
        AddDurable();
        return _text.ToString();
    }

    private void AddRatio(string what, string row, double target, double stretch)
    {
        var ratio = summary.Median(row, MeasuredServer.Hub, Figures.Cpu) / summary.Median(row, MeasuredServer.Bare, Figures.Cpu);
        var ours = summary.Cell(row, MeasuredServer.Hub, Figures.Cpu, "us");
        Add(
            what, summary.Cell(row, MeasuredServer.Bare, Figures.Cpu, "us"), summary.Cell(row, MeasuredServer.Stock, Figures.Cpu, "us"),
            ratio is { } times ? $"{ours}, **{Summary.Number(times)} x C**" : ours, $"<= {target} x C", $"{stretch} x", Met(ratio, target, stretch));
    }

    private void AddMost(string what, string row, string figure, string unit, double target, double stretch, double scale = 1)
    {
        var ours = summary.Median(row, MeasuredServer.Hub, figure) / scale;
        var bare = figure == Figures.Garbage ? "0" : summary.Cell(row, MeasuredServer.Bare, figure, unit, scale);
        Add(
            what, bare, summary.Cell(row, MeasuredServer.Stock, figure, unit, scale), Bold(summary.Cell(row, MeasuredServer.Hub, figure, unit, scale)),
            $"<= {target} {unit}".TrimEnd(), $"{stretch} {unit}".TrimEnd(), Met(ours, target, stretch));
    }

    private void AddFrames()
    {
        string Millions(string server) => summary.Cell(FramesRow.Name, server, Figures.PerSecond, "M", 1e6);
        var ours = summary.Median(FramesRow.Name, MeasuredServer.Hub, Figures.PerSecond);
        Add(
            "most events delivered per second to 1,000 listeners, through frames (p99 < 250 ms)", Millions(MeasuredServer.Bare),
            Millions(MeasuredServer.Stock), Bold(Millions(MeasuredServer.Hub)), ">= 3 M", "5 M", Met(-ours, -3e6, -5e6));
    }

    private void AddStorm()
    {
        var (back, reads) = (summary.Median(StormRow.Name, MeasuredServer.Product, Figures.Back), summary.Median(StormRow.Name, MeasuredServer.Product, Figures.Reads));
        var ours = back is null
            ? "-"
            : $"{Bold(summary.Cell(StormRow.Name, MeasuredServer.Product, Figures.Back, "s"))}, {Summary.Number(reads!.Value)} reads";
        Add("10,000 clients reconnect and resume", "-", "-", ours, "<= 5 s, 0 SQL reads", "3 s", reads > 0 ? "no" : Met(back, 5, 3));
    }

    private void AddNodes()
    {
        var (one, two) = (summary.Median(NodesRow.Name, NodesRow.One, Figures.Cpu), summary.Median(NodesRow.Name, NodesRow.Two, Figures.Cpu));
        Add(
            "between nodes, 2 x 500 listeners, 200 events/s over 20 topics: p99 at the other node", "-", "-",
            Bold(summary.Cell(NodesRow.Name, NodesRow.Two, Figures.P99, "ms")), "<= 10 ms", "", Met(summary.Median(NodesRow.Name, NodesRow.Two, Figures.P99), 10, 0));
        Add(
            "... processor time per delivery, both nodes by one node alone", "-", "-",
            one is null ? "-" : $"{summary.Cell(NodesRow.Name, NodesRow.Two, Figures.Cpu, "us")} by {Summary.Number(one.Value)} us, **{Summary.Number((two / one)!.Value)} x**",
            "<= 1.15 x", "", Met(two / one, 1.15, 0));
    }

    private void AddDurable() => Add(
        "comments through the whole product, each on disk before it is shown: 1,000 listeners of 8 songs, 80/s: p99; processor time per delivery", "-", "-",
        $"{summary.Cell(DurableRow.Name, MeasuredServer.Product, Figures.P99, "ms")}; {summary.Cell(DurableRow.Name, MeasuredServer.Product, Figures.Cpu, "us")}", "reported", "", "");

    private void Add(params string[] cells) => _text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");

    private static string Bold(string cell) => cell == "-" ? cell : $"**{cell}**";

    private static string Met(double? value, double target, double stretch) => value switch
    {
        null => "not measured",
        _ when value <= stretch => "yes, stretch",
        _ when value <= target => "yes",
        _ => "**no**",
    };
}
