using Microsoft.Extensions.Time.Testing;
using MusicSocial.Client.Clock;

namespace MusicSocial.Client.Tests.Clock;

public sealed class HubClockTests
{
    /// <summary>Time stands still between two looks, however busy the machine is.</summary>
    private readonly HubClock _clock = new(new FakeTimeProvider());

    [Fact]
    public void The_quickest_answers_of_a_burst_are_believed()
    {
        _clock.Take([new(0, 1_000_030, 100), new(100, 1_000_101, 102), new(110, 1_000_111, 112), new(120, 1_000_121, 122), new(200, 1_000_290, 300)]);

        Assert.Equal(2, _clock.RoundTrip.TotalMilliseconds, 0.001);
        Assert.Equal(1_000_000, _clock.Now.Ms - _clock.LocalMs, 0.5);
    }

    [Fact]
    public void Slow_answers_move_what_quick_ones_said_by_little()
    {
        _clock.Take([new(0, 1_000_001, 2), new(2, 1_000_003, 4), new(4, 1_000_005, 6)]);
        _clock.Take([new(250, 1_000_310, 350), new(350, 1_000_410, 450), new(450, 1_000_510, 550)]);

        Assert.Equal(1_000_000, _clock.Now.Ms - _clock.LocalMs, 0.5);
    }

    [Fact]
    public void A_hub_with_another_clock_is_believed_at_once()
    {
        _clock.Take([new(0, 1_000_001, 2)]);
        _clock.Take([new(10, 5_000_030, 50)]);

        Assert.Equal(5_000_000, _clock.Now.Ms - _clock.LocalMs, 1.0);
    }

    [Fact]
    public void A_burst_without_answers_says_nothing()
    {
        _clock.Take([]);

        Assert.False(_clock.IsReady);
    }

    [Fact]
    public void Before_the_first_answer_there_is_no_hub_time() => Assert.Throws<InvalidOperationException>(() => _clock.Now);
}
