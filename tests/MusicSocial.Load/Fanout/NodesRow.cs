using MusicSocial.Load.Generator;
using MusicSocial.TestRig;

namespace MusicSocial.Load.Fanout;

/// <summary>
/// 1,000 listeners over 20 topics, 200 events a second over Redis: on one node, then 500 on each of two. All events are published at the first
/// node; with two, only what the other node's listeners hear is timed.
/// </summary>
internal static class NodesRow
{
    public const string Name = "nodes";
    public const string One = "one node";
    public const string Two = "two nodes";

    private const int Topics = 20;
    private const int Listeners = 1_000;

    public static async Task MeasureAsync(Readings readings)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await MeasuredServer.HubAsync("--Redis", $"{redis.Address},prefix=one");
        readings.Add(await MeasureAsync(One, first));
        await using var here = await MeasuredServer.HubAsync("--Redis", $"{redis.Address},prefix=two");
        await using var there = await MeasuredServer.HubAsync("--Redis", $"{redis.Address},prefix=two");
        readings.Add(await MeasureAsync(Two, here, there));
    }

    public static async Task<Reading> MeasureAsync(string name, params MeasuredServer[] nodes)
    {
        using var crowd = new Crowd();
        for (var i = 0; i < Listeners; i++)
        {
            // Every topic has listeners on every node.
            var node = i / Topics % nodes.Length;
            crowd.Add(new Listener(i, nodes[node].Port) { Speaks = node == 0, IsTimed = node == nodes.Length - 1 }, $"note:{i % Topics}");
        }

        crowd.Arrive(atOnce: 200, Delivering.Patience);
        return await Delivering.MeasureAsync(new(Name, name, nodes, crowd, PerSecond: 200));
    }
}
