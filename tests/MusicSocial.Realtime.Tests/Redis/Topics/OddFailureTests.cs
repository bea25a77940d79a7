using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Redis.Connection;
using MusicSocial.Realtime.Redis.Topics;
using MusicSocial.Realtime.Tests.Cluster;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.TestRig;
using StackExchange.Redis;

namespace MusicSocial.Realtime.Tests.Redis.Topics;

/// <summary>Redis answers, but not as it should: another program wrote to a key of the hub.</summary>
public sealed class OddFailureTests : IAsyncLifetime
{
    private const string Broken = "test:broken";
    private const string Healthy = "test:healthy";

    private readonly NodePair _nodes = new();
    private RedisServer _server = null!;
    private TcpProxy _proxy = null!;

    public async Task InitializeAsync()
    {
        _server = await RedisServer.SharedAsync();
        _proxy = new(() => _server.Port);
        await _nodes.StartAsync($"127.0.0.1:{_proxy.Port}", _server.Address);
    }

    public async Task DisposeAsync()
    {
        await _nodes.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task A_topic_that_could_not_be_read_when_it_was_followed_goes_on_when_it_can()
    {
        await BreakAsync();
        var listener = new RecordingListener();
        await using var subscription = await _nodes.Other.Get<ITopicBus>().SubscribeAsync(Broken, listener, default);

        await MendAsync();
        await _nodes.One.PublishAsync(Broken, 1);
        await Eventually.Holds(() => listener.Resets.Count > 0, "the listener starts over");
        await _nodes.One.PublishAsync(Broken, 2);

        await Eventually.Holds(() => listener.Events.Any(heard => heard.Event.Data.GetInt32() == 2), "events arrive");
    }

    [Fact]
    public async Task A_topic_that_Redis_refuses_does_not_keep_others_from_returning()
    {
        var offline = _nodes.One.Get<OfflineTopics>();
        _proxy.Refuses = true;
        _proxy.Cut();
        await Eventually.Holds(() => !_nodes.One.Get<RedisConnection>().IsUp, "cut off");
        await _nodes.One.PublishAsync(Broken, 1);
        await _nodes.One.PublishAsync(Healthy, 1);
        await BreakAsync();

        _proxy.Refuses = false;

        await Eventually.Holds(() => !offline.Contains(Healthy), "the healthy topic is in Redis again");
        Assert.True(offline.Contains(Broken));
        await MendAsync();
        await Eventually.Holds(() => !offline.Contains(Broken), "so is the other");
    }

    private async Task BreakAsync() => await _server.CommandAsync("SET", (RedisKey)Key, "written by another program");

    private async Task MendAsync() => await _server.CommandAsync("DEL", (RedisKey)Key);

    private string Key => _nodes.One.Get<RedisConnection>().Keys.Of(Broken, "log");
}
