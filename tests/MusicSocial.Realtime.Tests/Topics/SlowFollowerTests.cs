using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Topics;

public sealed class SlowFollowerTests : IAsyncLifetime
{
    private const int SmallBuffer = 2_048;

    private static readonly RealtimeOptions Defaults = new();

    private readonly TestNode _node = new(options => options.RetainedEvents = 100);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task One_that_does_not_read_delays_nobody_and_catches_up_in_merged_frames()
    {
        var (slow, quick) = await TwoFollowersAsync();
        await slow.StallAsync();

        await PublishAsync(1, 60, quick);
        var held = slow.Frames("test:song").Count();
        slow.ReadOn();

        await Eventually.Holds(() => slow.Offsets("test:song").LastOrDefault() == 60, "caught up");
        Assert.Equal(Offsets(1, 60), slow.Offsets("test:song"));
        Assert.Equal(Offsets(1, 60), quick.Offsets("test:song"));
        Assert.True(slow.Frames("test:song").Count() - held < 30, "Frames were queued, not merged.");
        Assert.Empty(slow.Gaps);
    }

    [Fact]
    public async Task One_that_falls_out_of_the_ring_is_told_and_recovers_by_following_again()
    {
        var (slow, quick) = await TwoFollowersAsync();
        await slow.StallAsync();
        await PublishAsync(1, 300, quick);
        slow.ReadOn();

        await Eventually.Holds(() => slow.Gaps.Any(), "the gap");
        var seen = slow.Offsets("test:song");
        Assert.Equal(Offsets(1, seen.Length), seen);
        var gap = Assert.Single(slow.Gaps);
        Assert.Equal(("test:song", seen.Length + 1L, 300L), (gap.Topic, gap.From, gap.To));

        await PublishAsync(301, 301, quick);
        await slow.CallAsync<string>("Echo", "");
        Assert.Equal(seen, slow.Offsets("test:song"));

        var answer = await slow.FollowAsync("test:song", new(gap.Epoch, seen.Length));
        Assert.False(answer.Recovered);
        Assert.Equal(301, answer.Position.Offset);
        await PublishAsync(302, 302, quick);
        await Eventually.Holds(() => slow.Offsets("test:song").LastOrDefault() == 302, "live again");
    }

    [Fact]
    public async Task There_is_one_write_in_flight_however_much_happens()
    {
        var (slow, quick) = await TwoFollowersAsync();
        await slow.FollowAsync("test:other");
        await slow.StallAsync();
        await PublishAsync(1, 40, quick);
        var write = _node.Connections.Find(slow.Id)!.Writer.SlowWrite;
        Assert.False(write.IsCompleted);

        for (var i = 0; i < 20; i++)
        {
            await _node.PublishAsync("test:other", i);
            _node.Subscriptions.SignalLocal("test:song", "cue", i, [slow.Id]);
            _node.Time.Advance(Defaults.BusyInterval);
        }

        Assert.Same(write, _node.Connections.Find(slow.Id)!.Writer.SlowWrite);
        slow.ReadOn();
        await Eventually.Holds(() => slow.Signals.Count() == 20 && slow.Offsets("test:other").Length == 20, "everything");
    }

    [Fact]
    public async Task Too_many_direct_signals_lose_the_oldest()
    {
        var (slow, quick) = await TwoFollowersAsync();
        await slow.StallAsync();
        await PublishAsync(1, 40, quick);

        for (var line = 0; line < 100; line++)
        {
            _node.Subscriptions.SignalLocal("test:song", "cue", line, [slow.Id]);
        }

        slow.ReadOn();
        await Eventually.Holds(() => slow.Signals.Any(signal => signal.GetProperty("data").GetInt32() == 99), "the newest cue");
        var lines = slow.Signals.Select(signal => signal.GetProperty("data").GetInt32()).ToArray();
        Assert.Equal(Enumerable.Range(100 - lines.Length, lines.Length), lines);
        Assert.Equal(32, lines.Length);
    }

    [Fact]
    public async Task One_that_stays_stalled_is_aborted_and_the_others_live_on()
    {
        var (slow, quick) = await TwoFollowersAsync();
        await slow.StallAsync();
        await PublishAsync(1, 40, quick);

        _node.Time.Advance(Defaults.StallTimeout);
        await _node.MaintainAsync();
        Assert.Equal(2, _node.Connections.Count);
        _node.Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Finishes(UpkeepUntilAsync(() => _node.Connections.Count == 1));

        await Eventually.Holds(() => _node.Subscriptions.LocalFollowers("test:song") == 1, "its seat given up");
        Assert.Single(_node.Kind.Journal, entry => entry.StartsWith('-'));
        await PublishAsync(41, 41, quick);
    }

    [Fact]
    public async Task One_that_vanishes_without_closing_leaves_nothing_behind()
    {
        var (gone, quick) = await TwoFollowersAsync();

        await gone.VanishAsync();
        await PublishAsync(1, 5, quick);

        await Eventually.Holds(() => _node.Subscriptions.LocalFollowers("test:song") == 1, "its seat given up");
    }

    // The goodbye to a client that does not read may be held up; the next round of upkeep breaks it off.
    private async Task UpkeepUntilAsync(Func<bool> done)
    {
        while (!done())
        {
            await _node.MaintainAsync();
            await Task.Delay(2);
        }
    }

    private static IEnumerable<long> Offsets(long from, long to) => Enumerable.Range((int)from, (int)(to - from + 1)).Select(number => (long)number);

    private async Task<(TestClient Slow, TestClient Quick)> TwoFollowersAsync()
    {
        var slow = await _node.ConnectAsync(SmallBuffer);
        var quick = await _node.ConnectAsync();
        await slow.FollowAsync("test:song");
        await quick.FollowAsync("test:song");
        return (slow, quick);
    }

    // Tick by tick, at the pace of the quick one: it must never wait for the slow one.
    private async Task PublishAsync(int from, int to, TestClient quick)
    {
        for (var number = from; number <= to; number++)
        {
            await _node.Publisher.PublishAsync("test:song", "text", new string('x', 200), null, default);
            _node.Time.Advance(Defaults.BusyInterval);
            var wanted = number;
            await Eventually.Holds(() => quick.Offsets("test:song").LastOrDefault() >= wanted, $"event {wanted} at the quick one");
        }
    }
}
