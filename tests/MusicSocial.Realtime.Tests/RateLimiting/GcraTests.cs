using MusicSocial.Realtime.RateLimiting;
using MusicSocial.TestRig;

namespace MusicSocial.Realtime.Tests.RateLimiting;

public sealed class GcraTests
{
    private readonly ManualTime _time = new();
    private readonly Gcra _meter = new();

    [Fact]
    public void A_burst_passes_and_the_next_call_learns_when_to_return()
    {
        for (var i = 0; i < 3; i++)
            Assert.Null(_meter.Take(2, 3, _time));

        Assert.Equal(TimeSpan.FromMilliseconds(500), _meter.Take(2, 3, _time));
    }

    [Fact]
    public void Whoever_waits_as_told_passes()
    {
        for (var i = 0; i < 20; i++)
        {
            if (_meter.Take(2, 3, _time) is { } wait)
            {
                _time.Advance(wait);
                Assert.Null(_meter.Take(2, 3, _time));
            }
        }
    }

    [Fact]
    public void A_pause_earns_one_burst_and_no_more()
    {
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(3, Enumerable.Range(0, 10).Count(_ => _meter.Take(2, 3, _time) is null));
    }
}
