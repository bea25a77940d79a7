using MusicSocial.Load.Generator;

namespace MusicSocial.Load.Fanout;

/// <summary>Ever more topics of five seats each: 2 events a second in each up to 2,000 in all. Beyond 1,000 topics everybody follows several.</summary>
internal static class TopicsCurve
{
    public const string Name = "topics";

    private const int Seats = 5;
    private const int MostConnections = 5_000;

    public static async Task MeasureAsync(Readings readings)
    {
        foreach (var start in MeasuredServer.Compared)
        {
            await using var server = await start();
            foreach (var topics in new[] { 1, 10, 100, 1_000, 10_000 })
            {
                using var crowd = Gather(server, topics);
                var trial = new Trial(Name, server, crowd, Math.Min(2_000, 2 * topics)) { Size = topics, WarmUp = TimeSpan.FromSeconds(2) };
                readings.Add(await Delivering.MeasureAsync(trial));
            }
        }
    }

    private static Crowd Gather(MeasuredServer server, int topics)
    {
        var crowd = new Crowd();
        var connections = Math.Min(MostConnections, topics * Seats);
        for (var i = 0; i < connections; i++)
        {
            var first = i;
            var followed = Enumerable.Range(0, topics * Seats / connections).Select(n => $"note:{(first + (n * connections / Seats)) % topics}");
            crowd.Add(new Listener(i, server.Port), followed);
        }

        crowd.Arrive(atOnce: 200, Delivering.Patience);
        return crowd;
    }
}
