using MusicSocial.Load.Generator;

namespace MusicSocial.Load.Fanout;

/// <summary>
/// What 1 % of listeners who stopped reading do to the others: 1,000 listeners, 20 events a second, before and after. The stalled follow a second topic
/// that floods them first, so that their sockets are full when it counts.
/// </summary>
internal static class StallRow
{
    public const string Name = "stall";

    private const int Healthy = 990;
    private const int Stalled = 10;
    private const int Flooders = 10;
    private const int SmallBuffer = 8 * 1024;
    private const double PerSecond = 20;

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(8);

    public static async Task MeasureAsync(Readings readings)
    {
        foreach (var start in new[] { () => MeasuredServer.HubAsync(), () => MeasuredServer.StockAsync() })
        {
            await using var server = await start();
            using var crowd = Gather(server);
            HeardTopic[] song = [.. crowd.Topics.Where(topic => topic.Name == "note:song")];
            var trial = new Trial(Name, server, crowd, PerSecond) { Topics = song, Span = Span };
            var before = await Delivering.MeasureAsync(trial);

            foreach (var listener in crowd.Listeners.Where(listener => listener.ReceiveBuffer > 0))
                crowd.Stall(listener);
            Flood(crowd, [.. crowd.Topics.Except(song)]);
            var after = await Delivering.MeasureAsync(trial with { WarmUp = TimeSpan.FromMilliseconds(200) });
            var ratio = after.Values[Figures.P99] / before.Values[Figures.P99];
            readings.Add(after with
            {
                Values = new Dictionary<string, double>(after.Values) { [Figures.StallRatio] = ratio, ["p99BeforeMs"] = before.Values[Figures.P99] },
            });
        }
    }

    private static Crowd Gather(MeasuredServer server)
    {
        var crowd = new Crowd();
        for (var i = 0; i < Healthy; i++)
            crowd.Add(new Listener(i, server.Port), "note:song");
        for (var i = 0; i < Stalled; i++)
            crowd.Add(new Listener(Healthy + i, server.Port) { ReceiveBuffer = SmallBuffer, Speaks = false, IsTimed = false }, "note:song", "note:flood");
        // Several, as nobody may send 2,000 calls a second.
        for (var i = 0; i < Flooders; i++)
            crowd.Add(new Listener(Healthy + Stalled + i, server.Port) { IsTimed = false }, "note:flood");
        crowd.Arrive(atOnce: 200, Delivering.Patience);
        return crowd;
    }

    // 2,000 events of 300 bytes a second fill the kernel's largest buffers for one connection in this time.
    private static void Flood(Crowd crowd, IReadOnlyList<HeardTopic> topics)
    {
        crowd.Publishing = new Publishing(topics, Speech.Notes);
        crowd.Publishing.Start(2_000);
        crowd.RunFor(TimeSpan.FromSeconds(5));
        crowd.Publishing.Stop();
    }
}
