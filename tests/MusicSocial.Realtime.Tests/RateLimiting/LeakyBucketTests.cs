using MusicSocial.Realtime.RateLimiting;
using MusicSocial.TestRig;

namespace MusicSocial.Realtime.Tests.RateLimiting;

public sealed class LeakyBucketTests
{
    private readonly ManualTime _time = new();
    private LeakyBucket _bucket;

    [Fact]
    public void A_burst_passes_and_the_next_call_learns_when_to_return()
    {
        for (var i = 0; i < 3; i++)
            Assert.Null(_bucket.TakeCall(2, 3, _time));

        Assert.Equal(TimeSpan.FromMilliseconds(500), _bucket.TakeCall(2, 3, _time));
    }

    [Fact]
    public void A_call_that_waits_as_long_as_it_was_told_passes()
    {
        for (var i = 0; i < 20; i++)
        {
            if (_bucket.TakeCall(2, 3, _time) is { } wait)
            {
                _time.Advance(wait);
                Assert.Null(_bucket.TakeCall(2, 3, _time));
            }
        }
    }

    [Fact]
    public void A_pause_earns_one_burst_and_no_more()
    {
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(3, Enumerable.Range(0, 10).Count(_ => _bucket.TakeCall(2, 3, _time) is null));
    }

    [Fact]
    public void An_amount_that_does_not_fit_takes_nothing_and_says_how_long_to_wait()
    {
        Assert.True(Take(900, now: 0, out _));
        Assert.False(Take(200, now: 0, out var wait));
        Assert.Equal(1_000, wait);
        Assert.True(Take(200, now: 1_000, out _));
    }

    [Fact]
    public void What_is_taken_regardless_makes_what_follows_wait()
    {
        Assert.True(Take(1_000, now: 0, out _));
        _bucket.Take(100, perSecond: 100, now: 0, frequency: 1_000);

        Assert.False(Take(1, now: 1_000, out _));
        Assert.True(Take(1, now: 1_010, out _));
    }

    private bool Take(double amount, long now, out long wait) => _bucket.TryTake(amount, perSecond: 100, burst: 1_000, now, frequency: 1_000, out wait);
}
