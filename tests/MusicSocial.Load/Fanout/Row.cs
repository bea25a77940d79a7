namespace MusicSocial.Load.Fanout;

/// <summary>A row of the report: its name on the command line, and how it is measured once.</summary>
internal sealed record Row(string Name, Func<Readings, Task> MeasureAsync)
{
    public static IReadOnlyList<Row> All { get; } =
    [
        new(SongRow.Name, SongRow.MeasureAsync),
        new(RoomsRow.Name, RoomsRow.MeasureAsync),
        new(FramesRow.Name, FramesRow.MeasureAsync),
        new(IdleRow.Name, IdleRow.MeasureAsync),
        new(StallRow.Name, StallRow.MeasureAsync),
        new(QuietRow.Name, QuietRow.MeasureAsync),
        new(StormRow.Name, StormRow.MeasureAsync),
        new(DurableRow.Name, DurableRow.MeasureAsync),
        new(NodesRow.Name, NodesRow.MeasureAsync),
        new(ListenersCurve.Name, ListenersCurve.MeasureAsync),
        new(TopicsCurve.Name, TopicsCurve.MeasureAsync),
    ];
}
