using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Topics;

public sealed class CleanUpTests : IAsyncLifetime
{
    private static readonly RealtimeOptions Defaults = new();

    private readonly TestNode _node = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task After_everybody_left_nothing_remains()
    {
        var clients = new List<TestClient>();
        for (var i = 0; i < 20; i++)
        {
            var client = await _node.ConnectAsync();
            clients.Add(client);
            await client.FollowAsync($"test:song-{i % 4}");
            await client.FollowAsync("test:shared");
        }

        Assert.Equal(20, _node.Subscriptions.LocalFollowers("test:shared"));
        Assert.Equal(5, _node.Subscriptions.LocalFollowers("test:song-0"));
        await Task.WhenAll(clients.Select((client, i) => i % 2 == 0 ? client.CloseAsync() : client.VanishAsync()));

        await Eventually.Holds(() => _node.Connections.Count == 0 && _node.Subscriptions.LocalFollowers("test:shared") == 0, "all gone");
        Assert.Equal(5, _node.LiveTopics.Count);
        _node.Time.Advance(Defaults.Linger);
        await _node.MaintainAsync();
        Assert.Equal(0, _node.LiveTopics.Count);
        Assert.False(_node.Get<InProcessTopicBus>().HasListeners("test:shared"));
        _node.Time.Advance(Defaults.IdleTopicLifetime);
        await _node.MaintainAsync();
        Assert.Equal(0, _node.Get<InProcessTopicLog>().Count);
        Assert.Equal(80, _node.Kind.Journal.Count);
    }

    [Fact]
    public async Task A_topic_lingers_so_that_a_reload_finds_it()
    {
        var first = await _node.ConnectAsync();
        await first.FollowAsync("test:song");
        var live = _node.LiveTopics.Find("test:song");
        await first.CloseAsync();
        await Eventually.Holds(() => _node.Subscriptions.LocalFollowers("test:song") == 0, "left");
        _node.Time.Advance(Defaults.Linger - TimeSpan.FromSeconds(1));
        await _node.MaintainAsync();

        var second = await _node.ConnectAsync();
        await second.FollowAsync("test:song");
        _node.Time.Advance(Defaults.Linger);
        await _node.MaintainAsync();

        Assert.Same(live, _node.LiveTopics.Find("test:song"));
    }

    [Fact]
    public async Task What_happened_while_nobody_listened_is_recovered_from_the_log()
    {
        var first = await _node.ConnectAsync();
        var position = (await first.FollowAsync("test:song")).Position;
        await first.CloseAsync();
        await Eventually.Holds(() => _node.Subscriptions.LocalFollowers("test:song") == 0, "left");
        _node.Time.Advance(Defaults.Linger);
        await _node.MaintainAsync();
        await _node.PublishAsync("test:song", 1);
        await _node.PublishAsync("test:song", 2);

        var second = await _node.ConnectAsync();
        var answer = await second.FollowAsync("test:song", position);

        Assert.True(answer.Recovered);
        Assert.Equal([1L, 2], answer.Events.Select(one => one.Offset));
        await _node.PublishAsync("test:song", 3);
        await Eventually.Holds(() => second.Offsets("test:song") is [3], "live after it");
    }

    [Fact]
    public async Task A_follow_whose_answer_is_never_written_is_dropped()
    {
        var client = await _node.ConnectAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.CallAsync<FollowAnswer>("FollowThenFail", "test:a"));
        await client.SendAsync("""{"type":1,"target":"Follow","arguments":["test:b",null]}""");
        await Eventually.Holds(() => _node.Kind.Journal.Count == 2, "both followed");
        await client.FollowAsync("test:c");

        _node.Time.Advance(Defaults.AnswerTimeout + TimeSpan.FromSeconds(1));
        await _node.MaintainAsync();

        Assert.False(_node.Subscriptions.IsFollowing(client.Id, "test:a"));
        Assert.False(_node.Subscriptions.IsFollowing(client.Id, "test:b"));
        Assert.True(_node.Subscriptions.IsFollowing(client.Id, "test:c"));
        Assert.Equal(["+a ann", "+b ann", "+c ann", "-a ann", "-b ann"], _node.Kind.Journal.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_connection_that_ends_while_its_snapshot_loads_leaves_nothing_behind()
    {
        var snapshot = new TaskCompletionSource<object?>();
        _node.Kind.Snapshot = _ => snapshot.Task;
        var client = await _node.ConnectAsync();
        await client.SendCallAsync("Follow", "test:song", null);
        await Eventually.Holds(() => _node.Subscriptions.LocalFollowers("test:song") == 1, "joining");

        await client.VanishAsync();
        await Eventually.Holds(() => _node.Subscriptions.LocalFollowers("test:song") == 0, "left");
        snapshot.SetResult("too late");

        await Eventually.Holds(() => _node.Connections.Count == 0, "ended");
        Assert.Equal(
            _node.Kind.Journal.Count(entry => entry.StartsWith('+')), _node.Kind.Journal.Count(entry => entry.StartsWith('-')));
        Assert.Equal(0, _node.Subscriptions.LocalFollowers("test:song"));
    }

    [Fact]
    public async Task A_connection_that_ends_while_the_kind_is_told_is_taken_back()
    {
        var told = new TaskCompletionSource();
        _node.Kind.OnFollowed = () => told.Task;
        var client = await _node.ConnectAsync();
        await client.SendCallAsync("Follow", "test:song", null);
        await Eventually.Holds(() => _node.Subscriptions.LocalFollowers("test:song") == 1, "joining");

        await client.VanishAsync();
        await Eventually.Holds(() => _node.Subscriptions.LocalFollowers("test:song") == 0, "left");
        told.SetResult();

        await Eventually.Holds(() => _node.Kind.Journal.Count == 2, "came and went");
        Assert.Equal(["+song ann", "-song ann"], _node.Kind.Journal);
    }

    [Fact]
    public async Task A_snapshot_that_fails_leaves_no_seat()
    {
        _node.Kind.Snapshot = _ => throw new InvalidOperationException("broken");
        var client = await _node.ConnectAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.FollowAsync("test:song"));

        Assert.False(_node.Subscriptions.IsFollowing(client.Id, "test:song"));
        Assert.Equal(0, _node.Subscriptions.LocalFollowers("test:song"));
        Assert.Empty(_node.Kind.Journal);
    }
}
