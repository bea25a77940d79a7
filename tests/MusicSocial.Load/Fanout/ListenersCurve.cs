namespace MusicSocial.Load.Fanout;

/// <summary>One topic, 5 events a second, ever more listeners.</summary>
internal static class ListenersCurve
{
    public const string Name = "listeners";

    public static async Task MeasureAsync(Readings readings)
    {
        foreach (var start in MeasuredServer.Compared)
        {
            await using var server = await start();
            foreach (var listeners in new[] { 1, 10, 100, 1_000, 10_000 })
            {
                using var crowd = Delivering.Gather(server, topics: 1, listeners);
                readings.Add(await Delivering.MeasureAsync(new(Name, server, crowd, perSecond: 5) { Size = listeners, WarmUp = TimeSpan.FromSeconds(2) }));
            }
        }
    }
}
