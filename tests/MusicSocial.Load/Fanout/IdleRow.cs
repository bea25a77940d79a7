namespace MusicSocial.Load.Fanout;

/// <summary>What a connection that follows a topic in silence holds in resident memory.</summary>
internal static class IdleRow
{
    public const string Name = "idle";

    private const int Connections = 10_000;

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(8);

    public static async Task MeasureAsync(Readings readings)
    {
        foreach (var start in MeasuredServer.Compared)
        {
            await using var server = await start();
            // Code is compiled and pools are filled before the first look.
            using (var few = Delivering.Gather(server, topics: 1, seats: 200))
                few.RunFor(TimeSpan.FromSeconds(2));
            var before = server.ResidentBytes;
            using var crowd = Delivering.Gather(server, topics: 1, Connections);
            crowd.RunFor(Settle);
            var each = (double)(server.ResidentBytes - before) / Connections;
            readings.Add(new(Name, server.Name, 0, new Dictionary<string, double> { [Figures.Resident] = each }, []));
        }
    }
}
