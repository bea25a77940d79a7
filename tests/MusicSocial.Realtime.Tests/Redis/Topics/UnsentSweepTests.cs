using MusicSocial.Realtime.Redis.Topics;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.TestRig;

namespace MusicSocial.Realtime.Tests.Redis.Topics;

/// <summary>What a node promised while it could not reach Redis, and how everybody gets it all the same.</summary>
public sealed class UnsentSweepTests : IAsyncLifetime
{
    private const string Topic = "test:song";

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    private readonly KeptInMemory _kept = new();
    private NodePair _nodes = null!;
    private TcpProxy _proxy = null!;
    private WrittenDown _written = null!;

    public async Task InitializeAsync()
    {
        var server = await RedisServer.SharedAsync();
        _proxy = new(() => server.Port);
        _nodes = new(options => options.IdempotencyWindow = Window, _kept);
        await _nodes.StartAsync($"127.0.0.1:{_proxy.Port}", server.Address);
        _written = new(_nodes, Topic);
    }

    public async Task DisposeAsync()
    {
        await _nodes.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task Others_send_for_a_node_that_is_cut_off_and_nobody_gets_it_twice()
    {
        var far = await FaithfulFollower.StartAsync(_nodes.Other, Topic);
        var near = await FaithfulFollower.StartAsync(_nodes.One, Topic);
        await CutOffAsync();

        for (var i = 0; i < 5; i++)
            await _written.PublishAsync(_nodes.One);
        await far.KnowsAsync(_written.Numbers);

        _proxy.Refuses = false;
        await _written.PublishAsync(_nodes.Other);
        await near.KnowsAsync(_written.Numbers);
        await far.KnowsAsync(_written.Numbers);
        await Eventually.Holds(() => far.Position == near.Position, "both stand at the same place");
        await Eventually.Holds(() => _kept.Count == 0, "nothing is kept any more");
        Assert.Empty(far.BrokenPromises);
        Assert.Empty(near.BrokenPromises);
        Assert.Equal(1, far.Snapshots);
    }

    [Fact]
    public async Task What_a_node_promised_before_it_died_is_sent_by_another()
    {
        var far = await FaithfulFollower.StartAsync(_nodes.Other, Topic);
        await CutOffAsync();
        for (var i = 0; i < 5; i++)
            await _written.PublishAsync(_nodes.One);
        await _nodes.One.DisposeAsync();

        await far.KnowsAsync(_written.Numbers);

        Assert.Empty(far.BrokenPromises);
        Assert.Equal(1, far.Snapshots);
    }

    [Fact]
    public async Task A_node_that_returns_after_Redis_forgot_the_keys_sends_nothing_twice()
    {
        var far = await FaithfulFollower.StartAsync(_nodes.Other, Topic);
        var near = await FaithfulFollower.StartAsync(_nodes.One, Topic);
        await CutOffAsync();
        for (var i = 0; i < 5; i++)
            await _written.PublishAsync(_nodes.One);
        await far.KnowsAsync(_written.Numbers);
        await Eventually.Holds(() => _kept.Count == 0, "the other node sent them all");

        // Keys of two windows are kept, and an event begins the next: after three they are forgotten.
        for (var i = 0; i < 3; i++)
        {
            await Task.Delay(Window + TimeSpan.FromMilliseconds(50));
            await _written.PublishAsync(_nodes.Other);
        }

        _proxy.Refuses = false;
        await Eventually.Holds(() => !_nodes.One.Get<OfflineTopics>().Contains(Topic), "the topic returned");
        await _written.PublishAsync(_nodes.Other);
        await near.KnowsAsync(_written.Numbers);
        await far.KnowsAsync(_written.Numbers);
        Assert.Empty(far.BrokenPromises);
        Assert.Equal(1, far.Snapshots);
    }

    private async Task CutOffAsync()
    {
        _proxy.Refuses = true;
        _proxy.Cut();
        // The first to find Redis away waits for it in vain.
        await _written.PublishAsync(_nodes.One);
    }
}
