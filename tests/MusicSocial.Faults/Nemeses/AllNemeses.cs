using MusicSocial.Faults.Rig;
using MusicSocial.TestRig;

namespace MusicSocial.Faults.Nemeses;

/// <summary>The faults a hub must bear.</summary>
internal static class AllNemeses
{
    public static IReadOnlyList<Nemesis> List { get; } =
    [
        new("node killed", (cluster, random) => Any(cluster, random).Process.KillAsync()),
        new("node paused", (cluster, random) => Now(Any(cluster, random).Process.Pause)),
        new("node drained", (cluster, random) => Any(cluster, random).Process.StopAsync()),
        new("clients cut off", (cluster, random) => Now(Any(cluster, random).FromClients.Cut)),
        new("clients' network slow", (cluster, random) => Now(() => Any(cluster, random).FromClients.Delay = Some(random, 50, 500))),
        new("clients' network half-open", (cluster, random) => Now(() => Any(cluster, random).FromClients.Swallows = true)),
        new("clients refused", (cluster, random) => Now(() => Refuse(Any(cluster, random).FromClients))),
        new("Redis killed", async (cluster, random) =>
        {
            await cluster.Redis.KillAsync();
            await Task.Delay(Some(random, 200, 3_000));
            await cluster.Redis.StartAgainAsync();
        }),
        new("Redis paused", (cluster, _) => Now(cluster.Redis.Pause)),
        new("Redis asleep (DEBUG SLEEP)", (cluster, random) => cluster.Redis.CommandAsync("DEBUG", "SLEEP", random.Next(1, 3))),
        new("Redis emptied (FLUSHALL)", (cluster, _) => cluster.Redis.CommandAsync("FLUSHALL")),
        new("Redis subscriptions killed", (cluster, _) => cluster.Redis.CommandAsync("CLIENT", "KILL", "TYPE", "pubsub")),
        new("Redis replica promoted", (cluster, _) => cluster.FailOverAsync()),
        new("node cut off from Redis", (cluster, random) => Now(() => Refuse(Any(cluster, random).ToRedis))),
        new("node's way to Redis slow", (cluster, random) => Now(() => Any(cluster, random).ToRedis.Delay = Some(random, 50, 300))),
        new("node's way to Redis half-open", (cluster, random) => Now(() => Any(cluster, random).ToRedis.Swallows = true)),
        new("PostgreSQL killed", async (cluster, random) =>
        {
            await cluster.Postgres.KillAsync();
            await Task.Delay(Some(random, 200, 2_000));
            await cluster.Postgres.StartAgainAsync();
        }),
        new("PostgreSQL paused", (cluster, _) => Now(cluster.Postgres.Pause)),
    ];

    private static FaultNode Any(FaultCluster cluster, Random random) => cluster.Nodes[random.Next(cluster.Nodes.Count)];

    private static TimeSpan Some(Random random, int fromMs, int toMs) => TimeSpan.FromMilliseconds(random.Next(fromMs, toMs));

    private static void Refuse(TcpProxy network)
    {
        network.Refuses = true;
        network.Cut();
    }

    private static Task Now(Action strike)
    {
        strike();
        return Task.CompletedTask;
    }
}
