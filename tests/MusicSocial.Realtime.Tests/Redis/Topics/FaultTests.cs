using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Redis.Connection;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.TestRig;

namespace MusicSocial.Realtime.Tests.Redis.Topics;

/// <summary>What goes wrong with Redis and on the way there, under traffic from two nodes: nothing twice, no hole unannounced, all agree in the end.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private const string Topic = "test:song";
    private readonly NodePair _nodes = new();
    private readonly List<RedisServer> _servers = [];
    private readonly List<TcpProxy> _proxies = [];
    private WrittenDown _written = null!;
    private FaithfulFollower[] _followers = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _nodes.DisposeAsync();
        foreach (var proxy in _proxies)
            await proxy.DisposeAsync();
        foreach (var server in _servers)
            await server.DisposeAsync();
    }

    [Fact]
    public async Task Killed_subscriptions()
    {
        var server = await StartPatientlyAsync();

        await DuringTrafficAsync(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                await server.CommandAsync("CLIENT", "KILL", "TYPE", "pubsub");
                await Task.Delay(300);
            }
        });

        Assert.All(_followers, follower => Assert.Equal(1, follower.Snapshots));
    }

    [Fact]
    public async Task Killed_connections_of_every_kind()
    {
        var server = await StartAsync();

        await DuringTrafficAsync(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                await server.CommandAsync("CLIENT", "KILL", "TYPE", "pubsub", "SKIPME", "yes");
                await server.CommandAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
                await Task.Delay(400);
            }
        });
    }

    [Fact]
    public async Task FLUSHALL_during_traffic()
    {
        var server = await StartAsync();

        await DuringTrafficAsync(async () =>
        {
            await server.CommandAsync("FLUSHALL");
            await Task.Delay(300);
            await server.CommandAsync("FLUSHALL");
        });

        Assert.All(_followers, follower => Assert.True(follower.Snapshots > 1));
    }

    [Fact]
    public async Task FLUSHALL_is_seen_though_nobody_writes()
    {
        var server = await StartAsync();
        await _written.PublishAsync(_nodes, 4);
        await EverybodyKnowsAsync();

        await server.CommandAsync("FLUSHALL");

        await Eventually.Holds(
            () => _followers.All(follower => follower.Snapshots == 2) && _followers[0].Position == _followers[1].Position,
            "everybody started over at the same place");
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("no")]
    public async Task A_restart_with_and_without_persistence(string appendOnly)
    {
        var server = await StartAsync("--appendonly", appendOnly);

        await DuringTrafficAsync(async () =>
        {
            await server.KillAsync();
            await Task.Delay(1_000);
            await server.StartAgainAsync();
        });

        Assert.All(_followers, follower => Assert.True(follower.Snapshots > 1));
    }

    [Fact]
    public async Task A_server_that_stands_still_for_seconds()
    {
        var server = await StartAsync();

        await DuringTrafficAsync(async () =>
        {
            server.Pause();
            await Task.Delay(4_000);
            server.Resume();
        });
    }

    [Fact]
    public async Task A_server_that_is_busy_for_a_second_is_waited_for()
    {
        var server = await StartPatientlyAsync("--enable-debug-command", "yes");

        await DuringTrafficAsync(async () => await server.CommandAsync("DEBUG", "SLEEP", "1"));

        Assert.All(_followers, follower => Assert.Equal(1, follower.Snapshots));
    }

    [Fact]
    public async Task A_stale_replica_is_promoted()
    {
        var replica = await StartServerAsync();
        var master = await StartServerAsync();
        var current = master;
        await StartNodesAsync(ProxyTo(() => current.Port), ProxyTo(() => current.Port));
        await replica.CommandAsync("REPLICAOF", "127.0.0.1", $"{master.Port}");
        await _written.PublishAsync(_nodes, 20);
        await Patiently.UntilAsync(async () => Assert.Contains("link_status:up", (string)(await replica.CommandAsync("INFO", "replication"))!), "replicating");

        await DuringTrafficAsync(async () =>
        {
            // The replica misses what comes now, and is promoted all the same.
            await replica.CommandAsync("REPLICAOF", "127.0.0.1", "1");
            await Task.Delay(300);
            await master.KillAsync();
            await replica.CommandAsync("REPLICAOF", "NO", "ONE");
            current = replica;
        });

        Assert.All(_followers, follower => Assert.True(follower.Snapshots > 1));
    }

    [Fact]
    public async Task A_network_that_cuts_delays_and_goes_half_open()
    {
        var server = await StartServerAsync();
        await StartNodesAsync(ProxyTo(() => server.Port), ProxyTo(() => server.Port));

        await DuringTrafficAsync(async () =>
        {
            _proxies[0].Cut();
            await Task.Delay(500);
            _proxies[1].Delay = TimeSpan.FromMilliseconds(100);
            await Task.Delay(1_000);
            _proxies[1].Delay = TimeSpan.Zero;
            _proxies[0].SwallowStanding();
            await Task.Delay(6_000);
        });
    }

    [Fact]
    public async Task Nodes_that_are_cut_off_go_on_by_themselves_and_join_again()
    {
        var server = await StartServerAsync();
        await StartNodesAsync(ProxyTo(() => server.Port), ProxyTo(() => server.Port));
        await _written.PublishAsync(_nodes, 4);
        await EverybodyKnowsAsync();

        await server.KillAsync();
        await _written.PublishAsync(_nodes.One);
        await _written.PublishAsync(_nodes.One);
        await Eventually.Holds(() => _followers[0].Known.Length == 6, "shown on the node it was posted to");
        Assert.Equal(4, _followers[1].Known.Length);
        Assert.StartsWith("away-", _followers[0].Position!.Epoch);
        var refused = await Assert.ThrowsAsync<RefusedException>(async () => await _nodes.One.Get<IRevisionedState>().TryWriteAsync(Topic, 0, default, [], default));
        Assert.Equal("hub.unavailable", refused.Refusal.Code);
        var newcomer = await FaithfulFollower.StartAsync(_nodes.Other, Topic);
        await newcomer.KnowsAsync(_written.Numbers);

        await server.StartAgainAsync();

        await EverybodyKnowsAsync();
        Assert.Equal(6, (await _nodes.Other.Get<ITopicLog>().ReadAsync(Topic, null, default)).Head.Offset);
    }

    [Fact]
    public async Task A_quiet_topic_goes_on_after_an_outage_as_if_nothing_had_been()
    {
        var server = await StartServerAsync();
        await StartNodesAsync(ProxyTo(() => server.Port), ProxyTo(() => server.Port));
        await _written.PublishAsync(_nodes, 4);
        await EverybodyKnowsAsync();

        foreach (var proxy in _proxies)
            proxy.Refuses = true;
        foreach (var proxy in _proxies)
            proxy.Cut();
        await Eventually.Holds(() => !_nodes.One.Get<RedisConnection>().IsUp && !_nodes.Other.Get<RedisConnection>().IsUp, "away");
        foreach (var proxy in _proxies)
            proxy.Refuses = false;
        await Eventually.Holds(() => _nodes.One.Get<RedisConnection>().IsUp && _nodes.Other.Get<RedisConnection>().IsUp, "back");
        await _written.PublishAsync(_nodes, 4);

        await EverybodyKnowsAsync();
        Assert.All(_followers, follower => Assert.Equal(1, follower.Snapshots));
    }

    [Fact]
    public async Task A_topic_first_followed_in_an_outage_is_live_there_and_everywhere_after_it()
    {
        var server = await StartAsync();
        await server.KillAsync();
        await Eventually.Holds(() => !_nodes.One.Get<RedisConnection>().IsUp, "away");
        var elsewhere = new WrittenDown(_nodes, "test:other");
        await elsewhere.PublishAsync(_nodes.One);
        var here = await FaithfulFollower.StartAsync(_nodes.One, "test:other");
        await elsewhere.PublishAsync(_nodes.One);
        await here.KnowsAsync([1, 2]);

        await server.StartAgainAsync();
        await Eventually.Holds(() => here.Position?.Epoch.StartsWith("away-", StringComparison.Ordinal) == false, "back in Redis");
        var there = await FaithfulFollower.StartAsync(_nodes.Other, "test:other");
        await elsewhere.PublishAsync(_nodes, 2);

        await here.KnowsAsync([1, 2, 3, 4]);
        await there.KnowsAsync([1, 2, 3, 4]);
        Assert.Empty(here.BrokenPromises.Concat(there.BrokenPromises));
        Assert.Equal(4, there.Position!.Offset);
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_not_taken_for_somebody_elses()
    {
        var server = await StartServerAsync();
        await StartNodesAsync(ProxyTo(() => server.Port), ProxyTo(() => server.Port));
        var state = _nodes.One.Get<IRevisionedState>();

        // There is no other writer: whoever is told that the revision is another has met its own write.
        for (var revision = 0; revision < 200; revision++)
        {
            var writing = state.TryWriteAsync(Topic, revision, new byte[] { 1 }, [], default);
            if (revision % 40 == 20)
                _proxies[0].Cut();
            Assert.True(await TrueAsync(writing, state, revision));
        }

        Assert.Equal(200, (await _nodes.Other.Get<IRevisionedState>().ReadAsync(Topic, default))!.Revision);
    }

    /// <summary>When the answer does not come in time, reading tells what became of the write; it was ours, or is done now.</summary>
    private static async Task<bool> TrueAsync(ValueTask<RevisionedDocument?> writing, IRevisionedState state, long expected)
    {
        try
        {
            return await writing is not null;
        }
        catch (RefusedException)
        {
            var isTrue = false;
            await Patiently.UntilAsync(
                async () => isTrue = (await state.ReadAsync(Topic, default))?.Revision == expected + 1
                    || await state.TryWriteAsync(Topic, expected, new byte[] { 1 }, [], default) is not null,
                "Redis can be asked again");
            return isTrue;
        }
    }

    private async Task<RedisServer> StartAsync(params string[] settings)
    {
        var server = await StartServerAsync(settings);
        await StartNodesAsync(server.Address, server.Address);
        return server;
    }

    /// <summary>With nodes that take no stall of the machine the tests run on for an outage: for what must go on without one.</summary>
    private async Task<RedisServer> StartPatientlyAsync(params string[] settings)
    {
        var server = await StartServerAsync(settings);
        var address = $"{server.Address},syncTimeout=20000";
        await StartNodesAsync(address, address);
        return server;
    }

    private async Task<RedisServer> StartServerAsync(params string[] settings)
    {
        var server = await RedisServer.StartAsync(settings);
        _servers.Add(server);
        return server;
    }

    private string ProxyTo(Func<int> port)
    {
        _proxies.Add(new(port));
        return $"127.0.0.1:{_proxies[^1].Port}";
    }

    private async Task StartNodesAsync(string one, string other)
    {
        await _nodes.StartAsync(one, other);
        _written = new(_nodes, Topic);
        _followers = [await FaithfulFollower.StartAsync(_nodes.One, Topic), await FaithfulFollower.StartAsync(_nodes.Other, Topic)];
    }

    private async Task DuringTrafficAsync(Func<Task> fault)
    {
        var stop = _written.KeepPublishing(_nodes);
        await Task.Delay(200);
        await fault();
        await Task.Delay(500);
        await stop();
        await EverybodyKnowsAsync();
        Assert.Equal(_followers[0].Position, _followers[1].Position);
    }

    private async Task EverybodyKnowsAsync()
    {
        foreach (var follower in _followers)
        {
            await follower.KnowsAsync(_written.Numbers);
            Assert.Empty(follower.BrokenPromises);
        }

        await Eventually.Holds(() => _followers[0].Position == _followers[1].Position, "both stand at the same place");
    }
}
