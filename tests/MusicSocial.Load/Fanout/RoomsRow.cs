namespace MusicSocial.Load.Fanout;

/// <summary>1,000 rooms of 5 listeners, 2 events a second in each: the everyday workload.</summary>
internal static class RoomsRow
{
    public const string Name = "rooms";

    public static async Task MeasureAsync(Readings readings)
    {
        foreach (var start in MeasuredServer.Compared)
        {
            await using var server = await start();
            using var crowd = Delivering.Gather(server, topics: 1_000, seats: 5);
            readings.Add(await Delivering.MeasureAsync(new(Name, server, crowd, perSecond: 2_000)));
        }
    }
}
