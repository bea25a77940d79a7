using MusicSocial.Load.Fanout;
using MusicSocial.Load.Generator;
using MusicSocial.TestRig;

namespace MusicSocial.Load.Backplane;

/// <summary>Topics beside SignalR's own Redis backplane, in one run over two nodes each: what an outage of Redis loses, what a delivery and a join cost.</summary>
internal static class BackplaneRun
{
    private const int Joining = 2_000;
    private const int JoinedTopics = 200;

    private static readonly TimeSpan Stopped = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Down = TimeSpan.FromSeconds(1);

    private static readonly (string Name, Func<RedisServer, TcpProxy, Task> Cause)[] Outages =
    [
        ("Redis is killed and starts again 1 s later", async (redis, _) =>
        {
            await redis.KillAsync();
            await Task.Delay(Down);
            await redis.StartAgainAsync();
        }),
        ("Redis is stopped (SIGSTOP) for 5 s", async (redis, _) =>
        {
            redis.Pause();
            await Task.Delay(Stopped);
            redis.Resume();
        }),
        ("the listener's node is cut off from Redis for 5 s", async (_, way) =>
        {
            way.Refuses = true;
            way.Cut();
            await Task.Delay(Stopped);
            way.Refuses = false;
        }),
    ];

    public static async Task MeasureAsync(Report report)
    {
        foreach (var (name, cause) in Outages)
            report.Add($"{name}: accepted events that a listener on the other node never got", await LossesAsync(ours: true, cause), await LossesAsync(ours: false, cause));
        var (topics, stock) = (await DeliveringAsync(ours: true), await DeliveringAsync(ours: false));
        report.Add("CPU per delivery, 1,000 listeners on two nodes, 200 events/s", $"{topics.Values[Figures.Cpu]:F1} us", $"{stock.Values[Figures.Cpu]:F1} us");
        report.Add("p99 from one node to a listener on the other", $"{topics.Values[Figures.P99]:F1} ms", $"{stock.Values[Figures.P99]:F1} ms");
        report.Add($"joins per second, {Joining} clients to {JoinedTopics} topics on two nodes, connecting included", await JoinsAsync(ours: true), await JoinsAsync(ours: false));
    }

    private static async Task<string> LossesAsync(bool ours, Func<RedisServer, TcpProxy, Task> cause)
    {
        var notes = Path.GetTempFileName();
        await using var redis = await RedisServer.StartAsync();
        await using var way = new TcpProxy(() => redis.Port);
        await using var here = await NodeAsync(ours, redis.Address, notes);
        await using var there = await NodeAsync(ours, $"127.0.0.1:{way.Port}", notes);
        try
        {
            var found = await OutageTrial.RunAsync(here, there, () => cause(redis, way));
            return $"{found.Lost} of {found.Accepted} ({found.Refused} refused, {found.Doubled} doubled)";
        }
        finally
        {
            File.Delete(notes);
        }
    }

    private static async Task<Reading> DeliveringAsync(bool ours)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var here = await NodeAsync(ours, redis.Address);
        await using var there = await NodeAsync(ours, redis.Address);
        return await NodesRow.MeasureAsync(ours ? "topics" : "SignalR's backplane", here, there);
    }

    private static async Task<string> JoinsAsync(bool ours)
    {
        await using var redis = await RedisServer.StartAsync();
        MeasuredServer[] nodes = [await NodeAsync(ours, redis.Address), await NodeAsync(ours, redis.Address)];
        await using var here = nodes[0];
        await using var there = nodes[1];
        using var crowd = new Crowd();
        for (var i = 0; i < Joining; i++)
            crowd.Add(new Listener(i, nodes[i / JoinedTopics % 2].Port), $"note:{i % JoinedTopics}");
        return $"{Joining / crowd.Arrive(atOnce: 200, Delivering.Patience).TotalSeconds:N0}/s";
    }

    private static Task<MeasuredServer> NodeAsync(bool ours, string redis, string notes = "") =>
        ours
            ? MeasuredServer.HubAsync("--Redis", redis, "--Notes", notes)
            : MeasuredServer.StockAsync("--Redis", redis);
}
