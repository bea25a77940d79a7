namespace MusicSocial.Realtime.Topics;

/// <summary>How a topic's followers are served.</summary>
/// <param name="Interval">Least time between the beginnings of two flushes.</param>
/// <param name="IsInline">Whether a quiet topic is flushed by whoever posts; otherwise on a thread of its own.</param>
internal readonly record struct FlushPace(TimeSpan Interval, bool IsInline)
{
    // So few that whoever posts does not notice; so many that a hop between threads does not show.
    private const int MostInline = 64;

    private static readonly TimeSpan[] Steps = [.. new[] { 100, 250, 500, 1_000 }.Select(ms => TimeSpan.FromMilliseconds(ms))];

    /// <summary>The pace of a topic with so many followers: the time the node needs to write to all of them, rounded up to the next step.</summary>
    public static FlushPace For(int followers, RealtimeOptions options)
    {
        var needed = TimeSpan.FromSeconds((double)followers / options.DeliveriesPerSecond);
        var interval = options.BusyInterval;
        for (var i = 0; interval < needed && i < Steps.Length; i++)
            interval = Steps[i] > interval ? Steps[i] : interval;
        return new(interval, followers <= MostInline);
    }
}
