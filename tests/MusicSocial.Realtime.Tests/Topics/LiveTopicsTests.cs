using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Tests.Cluster;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.Realtime.Topics;
using MusicSocial.TestRig;

namespace MusicSocial.Realtime.Tests.Topics;

public sealed class LiveTopicsTests : IAsyncLifetime
{
    private readonly TestNode _node = new();
    private readonly FakeCluster _cluster = new();
    private readonly ManualTime _time = new();
    private readonly LiveTopics _topics;

    public LiveTopicsTests() =>
        _topics = new(_cluster, _cluster, _time, Options.Create(new RealtimeOptions()), _node.Get<RealtimeMetrics>(),
            NullLogger<LiveTopic>.Instance);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_topic_whose_start_failed_leaves_no_subscription_behind()
    {
        _cluster.OnRead = _ => throw new RefusedException(HubRefusals.Unavailable);
        await Assert.ThrowsAsync<RefusedException>(() => _topics.HoldAsync("test:song", _node.Kind, default));
        Assert.Equal(0, _cluster.Subscriptions);

        _cluster.OnRead = _ => Task.FromResult(new TopicSlice(new("epoch", 0), Recovered: false, []));
        await _topics.HoldAsync("test:song", _node.Kind, default);

        Assert.Equal(1, _cluster.Subscriptions);
        Assert.Equal(1, _topics.Count);
    }

    [Fact]
    public async Task A_topic_whose_start_was_cancelled_by_the_backplane_can_be_followed_again()
    {
        _cluster.OnRead = _ => throw new OperationCanceledException();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _topics.HoldAsync("test:song", _node.Kind, default));

        _cluster.OnRead = _ => Task.FromResult(new TopicSlice(new("epoch", 0), Recovered: false, []));
        var live = await _topics.HoldAsync("test:song", _node.Kind, default);

        Assert.Equal(new TopicPosition("epoch", 0), live.Head);
    }

    [Fact]
    public async Task Idle_topics_are_unsubscribed_side_by_side()
    {
        for (var i = 0; i < 40; i++)
            _topics.Release(await _topics.HoldAsync($"test:{i}", _node.Kind, default));
        _time.Advance(new RealtimeOptions().Linger);

        await _topics.RunAsync(default);

        Assert.Equal((0, 0), (_topics.Count, _cluster.Subscriptions));
    }
}
