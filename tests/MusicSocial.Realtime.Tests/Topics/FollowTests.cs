using System.Text.Json;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Topics;

public sealed class FollowTests : IAsyncLifetime
{
    private readonly TestNode _node = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_newcomer_gets_the_snapshot_and_then_what_happens()
    {
        await _node.PublishAsync("test:song", 1);
        var client = await _node.ConnectAsync();

        var answer = await client.FollowAsync("test:song");

        Assert.False(answer.Recovered);
        Assert.Equal(1, answer.Position.Offset);
        Assert.Empty(answer.Events);
        Assert.Equal("song", ((JsonElement)answer.Snapshot!).GetProperty("key").GetString());

        await _node.PublishAsync("test:song", 2);
        await Eventually.Holds(() => client.Frames("test:song").Any(), "a frame");
        var frame = Assert.Single(client.Frames("test:song"));
        Assert.Equal((answer.Position.Epoch, 2, 2, 1, 1), (frame.Epoch, frame.From, frame.To, frame.Shown, frame.Total));
        var only = Assert.Single(frame.Events);
        Assert.Equal((2, "number", 2), (only.Offset, only.Type, only.Data.GetInt32()));
        Assert.Equal(_node.Time.GetUtcNow().ToUnixTimeMilliseconds(), only.AtMs);
    }

    [Fact]
    public async Task Whoever_returns_with_a_position_gets_exactly_what_was_missed()
    {
        var first = await _node.ConnectAsync();
        var left = (await first.FollowAsync("test:song")).Position;
        await first.CloseAsync();
        for (var number = 1; number <= 5; number++)
        {
            await _node.PublishAsync("test:song", number);
        }

        var second = await _node.ConnectAsync();
        var answer = await second.FollowAsync("test:song", left with { Offset = 2 });

        Assert.True(answer.Recovered);
        Assert.Null(answer.Snapshot);
        Assert.Equal([3L, 4, 5], answer.Events.Select(one => one.Offset));
        Assert.Equal(left with { Offset = 5 }, answer.Position);
    }

    [Theory]
    [InlineData("another", 1)]
    [InlineData(null, 99)]
    [InlineData(null, -1)]
    public async Task A_position_that_leads_nowhere_gets_a_snapshot(string? epoch, long offset)
    {
        await _node.PublishAsync("test:song", 1);
        var client = await _node.ConnectAsync();
        var position = (await client.FollowAsync("test:song")).Position;

        var answer = await client.FollowAsync("test:song", new(epoch ?? position.Epoch, offset));

        Assert.False(answer.Recovered);
        Assert.NotNull(answer.Snapshot);
        Assert.Equal(position, answer.Position);
    }

    [Fact]
    public async Task A_position_older_than_what_is_kept_gets_a_snapshot()
    {
        await using var node = new TestNode(options => options.RetainedEvents = 3);
        var client = await node.ConnectAsync();
        var position = (await client.FollowAsync("test:song")).Position;
        for (var number = 1; number <= 5; number++)
        {
            await node.PublishAsync("test:song", number);
        }

        var other = await node.ConnectAsync();
        Assert.False((await other.FollowAsync("test:song", position with { Offset = 1 })).Recovered);
        Assert.Equal([3L, 4, 5], (await other.FollowAsync("test:song", position with { Offset = 2 })).Events.Select(one => one.Offset));
    }

    [Fact]
    public async Task What_happens_while_the_snapshot_loads_comes_right_after_the_answer()
    {
        var snapshot = new TaskCompletionSource<object?>();
        _node.Kind.Snapshot = _ => snapshot.Task;
        var client = await _node.ConnectAsync();
        var answering = client.FollowAsync("test:song");
        await Eventually.Holds(() => _node.Subscriptions.LocalFollowers("test:song") == 1, "a follower waiting");

        await _node.PublishAsync("test:song", 1);
        _node.Time.Advance(TimeSpan.FromSeconds(1));
        await _node.PublishAsync("test:song", 2);
        Assert.Empty(client.Frames("test:song"));
        snapshot.SetResult("late");

        Assert.Equal(0, (await answering).Position.Offset);
        await Eventually.Holds(() => client.Offsets("test:song").Length == 2, "both events");
        Assert.Equal([1L, 2], client.Offsets("test:song"));
        var answered = client.Received.ToList().FindIndex(message => message.TryGetProperty("result", out _));
        var framed = client.Received.ToList().FindIndex(message => message.TryGetProperty("target", out _));
        Assert.True(answered < framed, "A frame overtook its answer.");
    }

    [Theory]
    [InlineData("nothing", "topic.invalid")]
    [InlineData(":key", "topic.invalid")]
    [InlineData("test:", "topic.invalid")]
    [InlineData("test:a b", "topic.invalid")]
    [InlineData("test:a\u202eb", "topic.invalid")]
    [InlineData("TEST:a", "topic.invalid")]
    [InlineData("other:a", "topic.unknown")]
    public async Task A_name_that_means_nothing_is_refused(string topic, string code)
    {
        var client = await _node.ConnectAsync();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => client.FollowAsync(topic));

        Assert.EndsWith(code, refused.Message, StringComparison.Ordinal);
        Assert.Equal("still here", await client.CallAsync<string>("Echo", "still here"));
    }

    [Fact]
    public async Task Whom_the_kind_refuses_does_not_follow()
    {
        var client = await _node.ConnectAsync();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => client.CallAsync<FollowAnswer>("FollowAs", "test:song", "stranger"));

        Assert.EndsWith("test.refused", refused.Message, StringComparison.Ordinal);
        Assert.False(_node.Subscriptions.IsFollowing(client.Id, "test:song"));
        Assert.Equal(0, _node.Subscriptions.LocalFollowers("test:song"));
        Assert.Empty(_node.Kind.Journal);
    }

    [Fact]
    public async Task A_connection_follows_only_so_many_topics_and_may_repeat_itself()
    {
        await using var node = new TestNode(options => options.TopicsPerConnection = 2);
        var client = await node.ConnectAsync();
        await client.FollowAsync("test:a");
        await client.FollowAsync("test:b");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => client.FollowAsync("test:c"));
        Assert.EndsWith("topic.too_many", refused.Message, StringComparison.Ordinal);
        await client.FollowAsync("test:a");

        await client.CallAsync<object>("Unfollow", "test:b");
        await client.FollowAsync("test:c");
        Assert.True(node.Subscriptions.IsFollowing(client.Id, "test:c"));
    }

    [Fact]
    public async Task Nothing_comes_after_unfollowing()
    {
        var client = await _node.ConnectAsync();
        await client.FollowAsync("test:song");
        await client.CallAsync<object>("Unfollow", "test:song");

        await _node.PublishAsync("test:song", 1);
        await client.CallAsync<string>("Echo", "");
        _node.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(client.Frames("test:song"));
        Assert.Equal(["+song ann", "-song ann"], _node.Kind.Journal);
    }

    [Fact]
    public async Task The_kind_hears_of_the_end_of_a_connection_once_per_topic()
    {
        var client = await _node.ConnectAsync();
        await client.FollowAsync("test:a");
        await client.FollowAsync("test:a");
        await client.FollowAsync("test:b");

        await client.CloseAsync();

        await Eventually.Holds(() => _node.Kind.Journal.Count == 4, "two ends");
        Assert.Equal(["+a ann", "+b ann", "-a ann", "-b ann"], _node.Kind.Journal.Order(StringComparer.Ordinal));
        Assert.Equal(0, _node.Connections.Count);
    }
}
