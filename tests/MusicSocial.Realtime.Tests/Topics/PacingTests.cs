using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Topics;

public sealed class PacingTests : IAsyncLifetime
{
    private static readonly TimeSpan Tick = new RealtimeOptions().BusyInterval;

    private readonly TestNode _node = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_quiet_topic_flushes_at_once_and_a_busy_one_once_per_tick()
    {
        var client = await _node.ConnectAsync();
        await client.FollowAsync("test:song");

        await _node.PublishAsync("test:song", 1);
        await Eventually.Holds(() => client.Frames("test:song").Count() == 1, "the first frame, without any time passing");
        for (var number = 2; number <= 10; number++)
        {
            await _node.PublishAsync("test:song", number);
        }

        _node.Time.Advance(Tick - TimeSpan.FromMilliseconds(1));
        await client.CallAsync<string>("Echo", "");
        Assert.Single(client.Frames("test:song"));

        _node.Time.Advance(TimeSpan.FromMilliseconds(1));
        await Eventually.Holds(() => client.Frames("test:song").Count() == 2, "the second frame");
        var frame = client.Frames("test:song").Last();
        Assert.Equal((2L, 10L, 9, 9), (frame.From, frame.To, frame.Shown, frame.Total));
        Assert.Equal(Enumerable.Range(2, 9), frame.Events.Select(one => one.Data.GetInt32()));

        _node.Time.Advance(Tick);
        await _node.PublishAsync("test:song", 11);
        await Eventually.Holds(() => client.Frames("test:song").Count() == 3, "quiet again: at once");
    }

    [Fact]
    public async Task All_followers_get_the_same_frame()
    {
        var clients = new List<TestClient>();
        for (var i = 0; i < 5; i++)
        {
            clients.Add(await _node.ConnectAsync());
            await clients[i].FollowAsync("test:song");
        }

        await _node.PublishAsync("test:song", 1);

        await Eventually.Holds(() => clients.All(client => client.Frames("test:song").Any()), "five frames");
        Assert.Single(clients.Select(client => client.Received.Single(message => message.TryGetProperty("target", out _)).GetRawText()).Distinct());
    }

    [Fact]
    public async Task A_frame_is_closed_after_its_bytes_and_the_rest_follows()
    {
        await using var node = new TestNode(options => options.FrameBytes = 100);
        var client = await node.ConnectAsync();
        var position = (await client.FollowAsync("test:song")).Position;
        await node.PublishAsync("test:song", 0);
        await Eventually.Holds(() => client.Frames("test:song").Any(), "the first frame");
        for (var i = 0; i < 5; i++)
        {
            await node.Publisher.PublishAsync("test:song", "text", new string('x', 40), null, default);
        }

        node.Time.Advance(Tick);

        await Eventually.Holds(() => client.Offsets("test:song").Length == 6, "all events");
        Assert.Equal([1, 2, 2, 1], client.Frames("test:song").Select(frame => frame.Events.Count));
        Assert.All(client.Frames("test:song"), frame => Assert.Equal(position.Epoch, frame.Epoch));
        Assert.Equal([1L, 2, 4, 6], client.Frames("test:song").Select(frame => frame.From));
    }

    [Fact]
    public async Task The_latest_signal_of_a_type_wins_within_a_tick()
    {
        var client = await _node.ConnectAsync();
        await client.FollowAsync("test:song");
        await _node.Publisher.SignalAsync("test:song", "listeners", 1, default);
        await Eventually.Holds(() => client.Signals.Count() == 1, "the first signal at once");

        await _node.Publisher.SignalAsync("test:song", "listeners", 2, default);
        await _node.Publisher.SignalAsync("test:song", "typing", "ann", default);
        await _node.Publisher.SignalAsync("test:song", "listeners", 3, default);
        _node.Time.Advance(Tick);

        await Eventually.Holds(() => client.Signals.Count() == 3, "one per type");
        Assert.Equal(
            ["listeners 1", "listeners 3", "typing ann"],
            client.Signals.Select(signal => $"{signal.GetProperty("type")} {signal.GetProperty("data")}").Order(StringComparer.Ordinal));
        Assert.Equal(["type", "data"], client.Signals.First().EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Tallies_are_summed_per_tick()
    {
        var client = await _node.ConnectAsync();
        await client.FollowAsync("test:song");
        await client.CallAsync<object>("React", "test:song", "🎵");
        await Eventually.Holds(() => client.Signals.Count() == 1, "the first at once");

        await client.CallAsync<object>("React", "test:song", "🎵");
        await client.CallAsync<object>("React", "test:song", "🎵");
        await client.CallAsync<object>("React", "test:song", "❤");
        _node.Time.Advance(Tick);

        await Eventually.Holds(() => client.Signals.Count() == 2, "the sums");
        Assert.Equal(["🎵 2", "❤ 1"], Sums(client));
        _node.Time.Advance(Tick);
        await client.CallAsync<object>("React", "test:song", "❤");
        await Eventually.Holds(() => client.Signals.Count() == 3, "from zero again");
        Assert.Equal(["❤ 1"], Sums(client));
    }

    [Fact]
    public async Task Local_signals_go_to_the_chosen_at_once_one_by_one()
    {
        var chosen = await _node.ConnectAsync();
        var other = await _node.ConnectAsync();
        await other.FollowAsync("test:song");

        for (var line = 0; line < 3; line++)
        {
            _node.Subscriptions.SignalLocal("test:song", "cue", new { line }, [chosen.Id, "gone"]);
        }

        await Eventually.Holds(() => chosen.Signals.Count() == 3, "three cues");
        Assert.Equal([0, 1, 2], chosen.Signals.Select(signal => signal.GetProperty("data").GetProperty("line").GetInt32()));
        await other.CallAsync<string>("Echo", "");
        Assert.Empty(other.Signals);
    }

    [Fact]
    public async Task A_newcomer_is_not_told_old_signals()
    {
        var first = await _node.ConnectAsync();
        await first.FollowAsync("test:song");
        await _node.Publisher.SignalAsync("test:song", "listeners", 1, default);
        await Eventually.Holds(() => first.Signals.Any(), "the signal");

        var second = await _node.ConnectAsync();
        await second.FollowAsync("test:song");
        _node.Time.Advance(Tick);
        await _node.PublishAsync("test:song", 1);

        await Eventually.Holds(() => second.Frames("test:song").Any(), "a frame");
        Assert.Empty(second.Signals);
    }

    [Fact]
    public async Task What_is_too_large_is_refused()
    {
        await using var node = new TestNode(options => options.EventBytes = 100);
        var text = new string('x', 99);

        var refused = await Assert.ThrowsAsync<RefusedException>(
            async () => await node.Publisher.PublishAsync("test:song", "text", text, null, default));

        Assert.Equal("topic.too_large", refused.Refusal.Code);
        Assert.Equal(1, (await node.Publisher.PublishAsync("test:song", "text", text[1..], null, default)).Offset);
    }

    private static IEnumerable<string> Sums(TestClient client) =>
        client.Signals.Last().GetProperty("data").EnumerateObject().Select(sum => $"{sum.Name} {sum.Value}");
}
