namespace MusicSocial.Load.Fanout;

/// <summary>From post to delivery where little happens: 10 listeners, 5 events a second, so that nothing is waited for.</summary>
internal static class QuietRow
{
    public const string Name = "quiet";

    public static async Task MeasureAsync(Readings readings)
    {
        foreach (var start in MeasuredServer.Compared)
        {
            await using var server = await start();
            using var crowd = Delivering.Gather(server, topics: 1, seats: 10);
            readings.Add(await Delivering.MeasureAsync(new(Name, server, crowd, perSecond: 5) { Span = TimeSpan.FromSeconds(8) }));
        }
    }
}
