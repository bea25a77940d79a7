namespace MusicSocial.Load.Fanout;

/// <summary>One song, 5,000 listeners, 10 events a second.</summary>
internal static class SongRow
{
    public const string Name = "song";

    public static async Task MeasureAsync(Readings readings)
    {
        foreach (var start in new Func<Task<MeasuredServer>>[] { () => MeasuredServer.BareAsync(), () => MeasuredServer.HubAsync(), MeasuredServer.StockAsync })
        {
            await using var server = await start();
            using var crowd = Delivering.Gather(server, topics: 1, seats: 5_000);
            readings.Add(await Delivering.MeasureAsync(Name, server, crowd, Load.For(10)));
        }
    }
}
