using Microsoft.Extensions.Logging.Abstractions;
using MusicSocial.Realtime.Clock;
using MusicSocial.TestRig;

namespace MusicSocial.Realtime.Tests.Clock;

/// <summary>Nodes whose clocks are wrong, an authority whose clock jumps, a network that delays one way more than the other.</summary>
public sealed class ClockAlignmentTests
{
    private readonly ManualTime _time = new();
    private readonly FakeAuthority _authority;

    public ClockAlignmentTests() => _authority = new(_time);

    [Fact]
    public async Task A_node_takes_over_the_authoritys_time()
    {
        _authority.Ahead = TimeSpan.FromSeconds(42);
        var node = new Node(_time, _authority);

        await node.CompareAsync(5);

        Assert.Equal(0, OffMs(node), 0.01);
    }

    [Fact]
    public async Task The_shortest_round_trip_counts_however_lopsided_the_others_are()
    {
        var node = new Node(_time, _authority);
        var random = new Random(7);
        for (var i = 0; i < 60; i++)
        {
            _authority.There = TimeSpan.FromMilliseconds(0.3 + (random.NextDouble() * 40));
            _authority.Back = TimeSpan.FromMilliseconds(i == 20 ? 0.3 : 0.3 + (random.NextDouble() * 2));
            if (i == 20)
                _authority.There = TimeSpan.FromMilliseconds(0.3);
            await node.CompareAsync(1);
        }

        Assert.InRange(Math.Abs(OffMs(node)), 0, 0.5);
    }

    [Fact]
    public async Task A_jump_of_the_authoritys_wall_clock_moves_no_song_on_any_node()
    {
        var nodes = new[] { new Node(_time, _authority), new Node(_time, _authority), new Node(_time, _authority) };
        await RunAsync(nodes, seconds: 20);
        foreach (var jump in new[] { 3_600.0, -7_200, 0.05 })
        {
            var before = nodes.Select(node => node.Clock.Now).ToArray();
            var at = _time.GetTimestamp();
            _authority.Ahead += TimeSpan.FromSeconds(jump);

            await RunAsync(nodes, seconds: 20);

            var passed = _time.GetElapsedTime(at);
            foreach (var (node, start) in nodes.Zip(before))
                Assert.Equal(passed.TotalMilliseconds, (node.Clock.Now - start).TotalMilliseconds, 1.0);
        }
    }

    [Fact]
    public async Task A_lost_correction_is_put_back()
    {
        var nodes = new[] { new Node(_time, _authority), new Node(_time, _authority) };
        await RunAsync(nodes, seconds: 10);
        _authority.Ahead += TimeSpan.FromMinutes(5);
        await RunAsync(nodes, seconds: 10);
        var agreed = _authority.CorrectionUs;
        var before = nodes[0].Clock.Now;

        _authority.CorrectionUs = null;
        var newcomer = new Node(_time, _authority);
        await newcomer.CompareAsync(1);
        await RunAsync([.. nodes, newcomer], seconds: 10);

        Assert.Equal(agreed!.Value, _authority.CorrectionUs!.Value, 2_000.0);
        Assert.Equal(10_000, (nodes[0].Clock.Now - before).TotalMilliseconds, 20.0);
        await RunAsync([.. nodes, newcomer], seconds: 1_000);
        Assert.Equal(nodes[0].Clock.Now.Ms, newcomer.Clock.Now.Ms, 1.0);
    }

    [Fact]
    public async Task A_node_that_slept_gives_in_to_the_others()
    {
        // The way there and back would pass on one of the two clocks only.
        _authority.There = _authority.Back = TimeSpan.Zero;
        var sleeperTime = new ManualTime();
        var (awake, sleeper) = (new Node(_time, _authority), new Node(sleeperTime, _authority));
        for (var i = 0; i < 30; i++)
        {
            await awake.CompareAsync(1);
            await sleeper.CompareAsync(1);
            sleeperTime.Advance(TimeSpan.FromSeconds(1));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var before = awake.Clock.Now;
        _time.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 10; i++)
        {
            await sleeper.CompareAsync(1);
            await awake.CompareAsync(1);
            sleeperTime.Advance(TimeSpan.FromSeconds(1));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(70_000, (awake.Clock.Now - before).TotalMilliseconds, 20.0);
        Assert.Equal(awake.Clock.Now.Ms, sleeper.Clock.Now.Ms, 20.0);
    }

    [Fact]
    public void A_clock_that_is_set_right_never_goes_back()
    {
        var clock = new SlewedClock(_time);
        var last = clock.Now;
        var random = new Random(3);
        for (var i = 0; i < 2_000; i++)
        {
            clock.Aim(TimeSpan.FromMilliseconds((random.NextDouble() - 0.5) * (i % 10 == 0 ? 5_000 : 20)));
            _time.Advance(TimeSpan.FromMilliseconds(random.NextDouble() * 50));
            Assert.True(clock.Now >= last);
            last = clock.Now;
        }
    }

    [Fact]
    public void A_millisecond_is_made_good_in_a_tenth_of_a_second_and_an_hour_at_once()
    {
        var clock = new SlewedClock(_time);
        clock.Aim(TimeSpan.FromMilliseconds(1));
        _time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(0.5, (clock.Now - clock.Raw).TotalMilliseconds, 0.001);
        _time.Advance(TimeSpan.FromMilliseconds(51));
        Assert.Equal(1, (clock.Now - clock.Raw).TotalMilliseconds, 0.001);

        clock.Aim(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.FromHours(1), clock.Now - clock.Raw);
        clock.Aim(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1), clock.Now - clock.Raw);
    }

    private async Task RunAsync(Node[] nodes, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            foreach (var node in nodes)
                await node.CompareAsync(1);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private double OffMs(Node node) =>
        (node.Clock.Now - (_authority.Time + TimeSpan.FromMicroseconds(_authority.CorrectionUs ?? 0))).TotalMilliseconds;

    private sealed class Node
    {
        private readonly ClockAlignment _alignment;

        public Node(ManualTime time, FakeAuthority authority)
        {
            Clock = new(time);
            _alignment = new(Clock, authority, NullLogger.Instance);
        }

        public SlewedClock Clock { get; }

        public async Task CompareAsync(int times)
        {
            for (var i = 0; i < times; i++)
                await _alignment.CompareAsync(default);
        }
    }

    /// <summary>A wall clock somewhere else, and the way there and back.</summary>
    private sealed class FakeAuthority(ManualTime time) : IClockAuthority
    {
        public TimeSpan Ahead { get; set; }

        public TimeSpan There { get; set; } = TimeSpan.FromMilliseconds(0.2);

        public TimeSpan Back { get; set; } = TimeSpan.FromMilliseconds(0.2);

        public long? CorrectionUs { get; set; }

        public HubTime Time => new((time.GetUtcNow() - DateTimeOffset.UnixEpoch + Ahead).Ticks);

        public Task<ClockReading> ReadAsync(CancellationToken cancellationToken)
        {
            time.Advance(There);
            var reading = new ClockReading(Time, CorrectionUs);
            time.Advance(Back);
            return Task.FromResult(reading);
        }

        public Task<bool> TryReplaceAsync(long? read, long correctionUs, CancellationToken cancellationToken)
        {
            if (read != CorrectionUs)
                return Task.FromResult(false);
            CorrectionUs = correctionUs;
            return Task.FromResult(true);
        }
    }
}
