using MusicSocial.Client;
using MusicSocial.TestRig;

namespace MusicSocial.Faults.Rig;

/// <summary>A hub to be hurt: nodes, Redis with a replica, and PostgreSQL as real processes, with bad networks in between.</summary>
internal sealed class FaultCluster : IAsyncDisposable
{
    private static readonly string[] Generous =
    [
        "--Limits:Comments:PerSecond", "100000", "--Limits:Comments:Burst", "100000", "--Limits:HubCalls:PerSecond", "100000",
        "--Limits:HubCalls:Burst", "100000", "--Limits:Guests:PerSecond", "100000", "--Limits:Guests:Burst", "100000",
        "--Rooms:Openings:PerSecond", "1000", "--Rooms:Openings:Burst", "1000", "--Realtime:DrainSpread", "00:00:01",
    ];

    private FaultCluster(RedisServer redis, PostgresServer postgres) => (Redis, Postgres) = (redis, postgres);

    public RedisServer Redis { get; private set; }

    public PostgresServer Postgres { get; }

    public List<FaultNode> Nodes { get; } = [];

    /// <summary>Addresses clients use; each is a network of its own.</summary>
    public IReadOnlyList<Uri> Doors => [.. Nodes.Select(node => node.Door)];

    public static async Task<FaultCluster> StartAsync(int nodes)
    {
        var redis = RedisServer.StartAsync("--enable-debug-command", "yes");
        var postgres = PostgresServer.StartAsync();
        var cluster = new FaultCluster(await redis, await postgres);
        var database = await cluster.Postgres.CreateDatabaseAsync();
        for (var i = 0; i < nodes; i++)
            cluster.Nodes.Add(await FaultNode.StartAsync(() => cluster.Redis.Port, ["--postgres", database, .. Generous]));
        return cluster;
    }

    /// <summary>Another server takes the place of Redis: a replica that was promoted.</summary>
    public async Task FailOverAsync()
    {
        // By command, not as a setting: killed later, it must start again as the primary it has become, not as a replica of one that is gone.
        var replica = await RedisServer.StartAsync("--enable-debug-command", "yes");
        await replica.CommandAsync("REPLICAOF", "127.0.0.1", Redis.Port);
        await Patiently.UntilAsync(
            async () =>
            {
                var info = (string)(await replica.CommandAsync("INFO", "replication"))!;
                if (!info.Contains("master_link_status:up", StringComparison.Ordinal))
                    throw new InvalidOperationException("The replica is not in step yet.");
            },
            "the replica is in step");
        var old = Redis;
        await old.KillAsync();
        await replica.CommandAsync("REPLICAOF", "NO", "ONE");
        Redis = replica;
        foreach (var node in Nodes)
            node.ToRedis.Cut();
        await old.DisposeAsync();
    }

    /// <summary>Everything runs and every network is good again.</summary>
    public async Task HealAsync()
    {
        Redis.Resume();
        Postgres.Resume();
        foreach (var node in Nodes)
            await node.HealAsync();
    }

    /// <summary>A person at this hub, as patient as the faults ask for.</summary>
    public MusicSocialClient NewClient() => new(OptionsFor(Doors));

    public static MusicSocialClientOptions OptionsFor(IReadOnlyList<Uri> doors) => new()
    {
        Nodes = doors,
        KeepAliveInterval = TimeSpan.FromSeconds(1),
        KeepAliveTimeout = TimeSpan.FromSeconds(2),
        CallTimeout = TimeSpan.FromSeconds(30),
        LongestBackOff = TimeSpan.FromSeconds(1),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
            await node.DisposeAsync();
        await Redis.DisposeAsync();
        await Postgres.DisposeAsync();
    }
}
