using MusicSocial.Client.Clock;

namespace MusicSocial.Client.Tests.Clock;

public sealed class HubClockTests
{
    private readonly HubClock _clock = new(TimeProvider.System);

    [Fact]
    public void The_quickest_answer_is_believed()
    {
        _clock.Take(sentMs: 0, hubMs: 1_000_030, receivedMs: 100);
        _clock.Take(sentMs: 100, hubMs: 1_000_101, receivedMs: 102);
        _clock.Take(sentMs: 200, hubMs: 1_000_290, receivedMs: 300);

        Assert.Equal(2, _clock.RoundTrip.TotalMilliseconds, 0.001);
        Assert.Equal(1_000_000, _clock.Now.Ms - _clock.LocalMs, 0.5);
    }

    [Fact]
    public void An_answer_grows_old_and_a_slower_one_replaces_it()
    {
        _clock.Take(sentMs: 0, hubMs: 1_000_001, receivedMs: 2);
        _clock.Take(sentMs: 600_000, hubMs: 1_600_004, receivedMs: 600_010);

        Assert.Equal(10, _clock.RoundTrip.TotalMilliseconds, 0.001);
    }

    [Fact]
    public void A_hub_with_another_clock_is_believed_at_once()
    {
        _clock.Take(sentMs: 0, hubMs: 1_000_001, receivedMs: 2);
        _clock.Take(sentMs: 10, hubMs: 5_000_030, receivedMs: 50);

        Assert.Equal(5_000_000, _clock.Now.Ms - _clock.LocalMs, 1.0);
    }

    [Fact]
    public void Before_the_first_answer_there_is_no_hub_time()
    {
        Assert.False(_clock.IsReady);
        Assert.Throws<InvalidOperationException>(() => _clock.Now);
    }
}
