using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Tests.Cluster;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Tests.Topics;

/// <summary>What a bus between nodes may do that the one inside a process does not.</summary>
public sealed class LiveTopicTests : IAsyncLifetime
{
    private readonly TestNode _node = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task An_event_heard_twice_is_sent_once()
    {
        var (client, epoch) = await FollowAsync();

        Hear(epoch, 1);
        Hear(epoch, 1);
        Hear(epoch, 2);
        _node.Time.Advance(TimeSpan.FromSeconds(1));

        await Eventually.Holds(() => client.Offsets("test:song").Length == 2, "two events");
        Assert.Equal([1L, 2], client.Offsets("test:song"));
    }

    [Fact]
    public async Task A_missing_piece_is_announced_as_a_gap()
    {
        var (client, epoch) = await FollowAsync();

        Hear(epoch, 3);

        await Eventually.Holds(() => client.Gaps.Any(), "a gap");
        Assert.Equal(new Gap("test:song", epoch, 1, 3), Assert.Single(client.Gaps));
        Assert.Empty(client.Frames("test:song"));
    }

    [Fact]
    public async Task A_new_epoch_is_announced_as_a_gap_of_that_epoch()
    {
        var (client, _) = await FollowAsync();

        Hear("another", 5);

        await Eventually.Holds(() => client.Gaps.Any(), "a gap");
        Assert.Equal(new Gap("test:song", "another", 1, 5), Assert.Single(client.Gaps));
        var answer = await client.FollowAsync("test:song");
        Assert.Equal(new("another", 5), answer.Position);
        Hear("another", 6);
        _node.Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds(() => client.Offsets("test:song") is [6], "live in the new epoch");
    }

    [Fact]
    public async Task A_restarted_numbering_is_announced_though_nothing_happens_in_it()
    {
        var (client, _) = await FollowAsync();

        Listener.OnReset("test:song", new("another", 7));

        await Eventually.Holds(() => client.Gaps.Any(), "a gap");
        Assert.Equal(new Gap("test:song", "another", 1, 7), Assert.Single(client.Gaps));
        Assert.Equal(new("another", 7), (await client.FollowAsync("test:song")).Position);
        Hear("another", 8);
        _node.Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds(() => client.Offsets("test:song") is [8], "live in the new epoch");
    }

    [Fact]
    public async Task Events_missing_for_good_are_announced_and_a_reset_to_what_is_known_is_nothing()
    {
        var (client, epoch) = await FollowAsync();
        Hear(epoch, 1);
        Hear(epoch, 2);
        _node.Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds(() => client.Offsets("test:song").Length == 2, "both events");

        Listener.OnReset("test:song", new(epoch, 2));
        Listener.OnReset("test:song", new(epoch, 9));
        _node.Time.Advance(TimeSpan.FromSeconds(1));

        await Eventually.Holds(() => client.Gaps.Any(), "a gap");
        Assert.Equal((3L, 9L), (Assert.Single(client.Gaps).From, client.Gaps.Single().To));
    }

    [Fact]
    public async Task Offsets_of_a_new_epoch_are_never_taken_for_those_of_the_old()
    {
        var (client, epoch) = await FollowAsync();
        for (var offset = 1; offset <= 3; offset++)
        {
            Hear(epoch, offset);
        }

        _node.Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds(() => client.Offsets("test:song").Length == 3, "the old epoch");
        Hear("another", 3);
        Hear("another", 4);
        _node.Time.Advance(TimeSpan.FromSeconds(1));

        await Eventually.Holds(() => client.Gaps.Any(), "a gap");
        Assert.Equal(("another", 1L), (client.Gaps.Single().Epoch, client.Gaps.Single().From));
        Assert.Equal([1L, 2, 3], client.Offsets("test:song"));
    }

    [Fact]
    public async Task A_shared_read_that_the_ring_has_outrun_is_not_given_to_a_later_follower()
    {
        var log = new FakeCluster();
        var newest = 10L;
        log.OnRead = since => Task.FromResult(new TopicSlice(new("epoch", newest), Recovered: since is not null, EventsUpTo(newest, since?.Offset ?? newest)));
        var options = new RealtimeOptions { RetainedEvents = 5 };
        await using var live = new LiveTopic("test:song", _node.Kind, log, options, _node.Time, _node.Get<RealtimeMetrics>(), NullLogger.Instance);
        await live.StartAsync(log, log);
        Assert.Equal(10, (await live.Backfill.SinceAsync(new("epoch", 3), default)).Head.Offset);

        // The ring keeps 16 to 20 now: from 10 on a follower would meet the next gap.
        for (newest = 11; newest <= 20; newest++)
            live.OnEvent("test:song", "epoch", EventsUpTo(newest, newest - 1).Single());
        newest = 20;

        Assert.Equal(20, (await live.Backfill.SinceAsync(new("epoch", 3), default)).Head.Offset);
    }

    private static TopicEvent[] EventsUpTo(long last, long after) =>
        [.. Enumerable.Range(1, (int)(last - after)).Select(n => new TopicEvent(after + n, "number", 0, JsonSerializer.SerializeToElement(n)))];

    private LiveTopic Listener => _node.LiveTopics.Find("test:song")!;

    private async Task<(TestClient Client, string Epoch)> FollowAsync()
    {
        var client = await _node.ConnectAsync();
        return (client, (await client.FollowAsync("test:song")).Position.Epoch);
    }

    private void Hear(string epoch, long offset) => Listener.OnEvent(
        "test:song", epoch, new(offset, "number", 0, JsonSerializer.SerializeToElement(offset)));
}
