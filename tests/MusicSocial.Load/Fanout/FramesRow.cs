namespace MusicSocial.Load.Fanout;

/// <summary>The most events a second that 1,000 listeners of one topic get in time; nothing is left out on the way.</summary>
internal static class FramesRow
{
    public const string Name = "frames";

    private const int Listeners = 1_000;
    private const double InTimeMs = 250;

    private static readonly (Func<Task<MeasuredServer>> Start, double First)[] Compared =
    [
        (() => MeasuredServer.BareAsync(tickMs: 50), 2_000),
        (() => MeasuredServer.HubAsync(), 1_000),
        (() => MeasuredServer.StockAsync(), 50),
    ];

    public static async Task MeasureAsync(Readings readings)
    {
        foreach (var (start, first) in Compared)
        {
            await using var server = await start();
            if (await ClimbAsync(server, first) is { } best)
                readings.Add(best);
        }
    }

    /// <summary>Doubles the rate until it is too much, then tries twice halfway between.</summary>
    private static async Task<Reading?> ClimbAsync(MeasuredServer server, double first)
    {
        Reading? best = null;
        double good = 0, bad = 0;
        var rate = first;
        for (var halvings = 0; halvings < 3; rate = bad == 0 ? good * 2 : (good + bad) / 2)
        {
            var reading = await TryAsync(server, rate);
            if (IsInTime(reading, rate))
                (best, good) = (reading, rate);
            else
                bad = rate;
            if (bad > 0)
                halvings++;
        }

        return best;
    }

    private static async Task<Reading> TryAsync(MeasuredServer server, double rate)
    {
        using var crowd = Delivering.Gather(server, topics: 1, Listeners);
        return await Delivering.MeasureAsync(new(Name, server, crowd, rate) { Size = rate, WarmUp = TimeSpan.FromSeconds(1.5), Span = TimeSpan.FromSeconds(3) });
    }

    private static bool IsInTime(Reading reading, double rate) =>
        reading.Values[Figures.P99] < InTimeMs
        && reading.Values[Figures.PerSecond] > 0.97 * rate * Listeners
        && (reading.Violations.Count == 0 || reading.Server == MeasuredServer.Stock);
}
