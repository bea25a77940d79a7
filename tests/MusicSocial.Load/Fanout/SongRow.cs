namespace MusicSocial.Load.Fanout;

/// <summary>One song, 5,000 listeners, 10 events a second.</summary>
internal static class SongRow
{
    public const string Name = "song";

    public static async Task MeasureAsync(Readings readings)
    {
        foreach (var start in MeasuredServer.Compared)
        {
            await using var server = await start();
            using var crowd = Delivering.Gather(server, topics: 1, seats: 5_000);
            readings.Add(await Delivering.MeasureAsync(new(Name, server, crowd, perSecond: 10)));
        }
    }
}
