using System.Collections.Concurrent;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Redis.Presence;
using MusicSocial.Realtime.Tests.Cluster;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.TestRig;

namespace MusicSocial.Realtime.Tests.Redis.Presence;

public sealed class RedisPresenceSpecification : PresenceSpecification, IAsyncLifetime
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(3);

    private readonly NodePair _nodes = new(options => options.PresenceLease = Short);

    protected override IPresence Presence => _nodes.One.Get<IPresence>();

    protected override IPresence OtherPresence => _nodes.Other.Get<IPresence>();

    protected override TimeSpan Lease => Short;

    protected override Task PassAsync(TimeSpan span) => Task.Delay(span);

    public Task InitializeAsync() => _nodes.StartAsync();

    public Task DisposeAsync() => _nodes.DisposeAsync().AsTask();
}

public sealed class RedisPresenceTests : IAsyncLifetime
{
    private const string Place = "room:1";

    private readonly NodePair _nodes = new(options => options.NodeLease = TimeSpan.FromSeconds(2));

    private IPresence One => _nodes.One.Get<IPresence>();

    private IPresence Other => _nodes.Other.Get<IPresence>();

    public Task InitializeAsync() => _nodes.StartAsync();

    public Task DisposeAsync() => _nodes.DisposeAsync().AsTask();

    [Fact]
    public async Task A_person_on_two_nodes_is_one_and_gone_when_gone_from_both()
    {
        Assert.True(await One.ArriveAsync(Place, "ann", "1", default));
        Assert.False(await Other.ArriveAsync(Place, "ann", "2", default));
        Assert.True(await Other.ArriveAsync(Place, "bob", "3", default));
        Assert.Equal((2, 2), (await One.CountAsync(Place, default), await Other.CountAsync(Place, default)));

        Assert.False(await One.LeaveAsync(Place, "ann", "1", default));
        Assert.True(await One.IsPresentAsync(Place, "ann", default));
        Assert.True(await Other.LeaveAsync(Place, "ann", "2", default));
        Assert.False(await One.IsPresentAsync(Place, "ann", default));
        Assert.Equal(["bob"], await One.WhoAsync(Place, 10, default));
    }

    [Fact]
    public async Task Nodes_renew_who_is_there_and_a_dead_nodes_people_vanish()
    {
        await One.ArriveAsync(Place, "ann", "1", default);
        await Other.ArriveAsync(Place, "bob", "2", default);
        var lapsed = new ConcurrentQueue<string>();
        One.Observe((_, people) => people.ToList().ForEach(lapsed.Enqueue));

        // As a killed node: it says nothing more, not even goodbye. Ann came earlier under a lease as long: when bob's has ended, hers was renewed.
        await _nodes.Other.Get<RedisPresence>().StopAsync(default);

        await Patiently.UntilAsync(
            async () => Assert.Equal(["ann"], await One.WhoAsync(Place, 10, default)), "only the living node's people are there");
        Assert.Equal(1, await One.CountAsync(Place, default));
        Assert.False(await One.IsPresentAsync(Place, "bob", default));
        await Patiently.UntilAsync(() => lapsed.Contains("bob"), "the living node tells that bob is gone");
        Assert.DoesNotContain("ann", lapsed);
    }

    [Fact]
    public async Task What_Redis_forgets_is_back_at_once()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var nodes = new NodePair(options => options.NodeLease = TimeSpan.FromSeconds(2));
        await nodes.StartAsync(redis.Address);
        var (one, other) = (nodes.One.Get<IPresence>(), nodes.Other.Get<IPresence>());
        for (var i = 0; i < 1_200; i++)
            await one.ArriveAsync(Place, $"user-{i}", $"{i}", default);

        var restored = new ConcurrentQueue<string>();
        one.Observe((place, lapsed) => restored.Enqueue(lapsed.Count == 0 ? place : ""));
        await redis.CommandAsync("FLUSHALL");

        await Patiently.UntilAsync(async () => Assert.Equal(1_200, await other.CountAsync(Place, default)), "everybody is there again");
        await Patiently.UntilAsync(() => !restored.IsEmpty, "the node tells that it restored its people");
        Assert.All(restored, place => Assert.Equal(Place, place));
    }

    [Fact]
    public async Task While_Redis_is_away_a_node_knows_its_own_and_tells_on_its_return()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var nodes = new NodePair();
        await nodes.StartAsync(redis.Address);
        var (one, other) = (nodes.One.Get<IPresence>(), nodes.Other.Get<IPresence>());
        await one.ArriveAsync(Place, "ann", "1", default);
        await redis.KillAsync();

        Assert.True(await one.ArriveAsync(Place, "bob", "2", default));
        Assert.True(await one.LeaveAsync(Place, "ann", "1", default));
        Assert.Equal(["bob"], await one.WhoAsync(Place, 10, default));
        Assert.True(await one.IsPresentAsync(Place, "bob", default));

        await redis.StartAgainAsync();
        await Patiently.UntilAsync(async () => Assert.Equal(["bob"], await other.WhoAsync(Place, 10, default)), "the other node knows too");
    }
}
