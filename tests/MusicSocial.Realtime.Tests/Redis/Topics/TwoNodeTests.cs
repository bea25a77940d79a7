using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.TestRig;
using StackExchange.Redis;

namespace MusicSocial.Realtime.Tests.Redis.Topics;

public sealed class TwoNodeTests : IAsyncLifetime
{
    private const string Topic = "test:song";
    private readonly NodePair _nodes = new();
    private RedisServer _server = null!;
    private WrittenDown _written = null!;

    public async Task InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        await _nodes.StartAsync(_server.Address);
        _written = new(_nodes, Topic);
    }

    public async Task DisposeAsync()
    {
        await _nodes.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Followers_on_both_nodes_get_everything_from_both_nodes_in_one_order()
    {
        var here = await FaithfulFollower.StartAsync(_nodes.One, Topic);
        var there = await FaithfulFollower.StartAsync(_nodes.Other, Topic);

        await _written.PublishAsync(_nodes, 100);

        await here.KnowsAsync(_written.Numbers);
        await there.KnowsAsync(_written.Numbers);
        Assert.Empty(here.BrokenPromises.Concat(there.BrokenPromises));
        Assert.Equal((1, 1), (here.Snapshots, there.Snapshots));
        Assert.Equal(here.Position, there.Position);
    }

    [Fact]
    public async Task A_client_that_comes_back_to_the_other_node_gets_exactly_what_it_missed()
    {
        await _written.PublishAsync(_nodes, 2);
        var first = await _nodes.One.ConnectAsync();
        var position = (await first.FollowAsync(Topic)).Position;
        await first.CloseAsync();
        await _written.PublishAsync(_nodes, 3);

        var second = await _nodes.Other.ConnectAsync();
        var answer = await second.FollowAsync(Topic, position);

        Assert.True(answer.Recovered);
        Assert.Equal([3, 4, 5], answer.Events.Select(missed => missed.Data.GetInt32()));
    }

    [Fact]
    public async Task An_event_is_one_script_and_joining_a_followed_topic_is_none()
    {
        await FaithfulFollower.StartAsync(_nodes.One, Topic);
        await FaithfulFollower.StartAsync(_nodes.Other, Topic);
        await _written.PublishAsync(_nodes, 2);

        using var administrator = await _server.ConnectAsync();
        var before = await CountAsync(administrator);
        await _written.PublishAsync(_nodes, 20);
        var published = await CountAsync(administrator);
        for (var i = 0; i < 20; i++)
            await (await _nodes.One.ConnectAsync()).FollowAsync(Topic);
        var joined = await CountAsync(administrator);

        Assert.Equal((20, 0), (published.Scripts - before.Scripts, published.Subscriptions - before.Subscriptions));
        Assert.Equal((0, 0), (joined.Scripts - published.Scripts, joined.Subscriptions - published.Subscriptions));
    }

    [Fact]
    public async Task Reactions_are_added_up_over_both_nodes()
    {
        var client = await _nodes.One.ConnectAsync();
        await client.FollowAsync(Topic);

        await _nodes.One.Publisher.TallyAsync(Topic, "reactions", "x", 1, default);
        await _nodes.Other.Publisher.TallyAsync(Topic, "reactions", "x", 2, default);

        await Eventually.Holds(() => client.Signals.Sum(signal => signal.GetProperty("data").GetProperty("x").GetInt32()) == 3, "all reactions");
    }

    [Fact]
    public async Task The_data_set_is_the_same_after_a_moment_and_another_after_a_flush()
    {
        var log = _nodes.One.Get<ITopicLog>();
        await _written.PublishAsync(_nodes, 2);
        var before = (await log.ReadAsync(Topic, null, default)).Head;
        Assert.Equal(before, (await log.ReadAsync(Topic, null, default)).Head);

        await _server.CommandAsync("FLUSHALL");

        var after = (await log.ReadAsync(Topic, before, default)).Head;
        Assert.NotEqual(before.Epoch, after.Epoch);
    }

    private static async Task<(int Scripts, int Subscriptions)> CountAsync(ConnectionMultiplexer administrator)
    {
        var stats = (string)(await administrator.GetDatabase().ExecuteAsync("INFO", "commandstats"))!;
        return (Calls("evalsha"), Calls("subscribe"));

        int Calls(string command)
        {
            var line = stats.Split('\n').FirstOrDefault(one => one.StartsWith($"cmdstat_{command}:calls=", StringComparison.Ordinal));
            return line is null ? 0 : int.Parse(line.Split('=', ',')[1]);
        }
    }
}
