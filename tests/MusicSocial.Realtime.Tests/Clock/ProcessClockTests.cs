using MusicSocial.Realtime.Clock;
using MusicSocial.TestRig;

namespace MusicSocial.Realtime.Tests.Clock;

public sealed class ProcessClockTests
{
    [Fact]
    public void It_starts_at_the_wall_clock_and_follows_the_monotonic_timer()
    {
        var time = new ManualTime();
        var clock = new ProcessClock(time);
        var start = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;

        Assert.Equal(start, clock.Now.Ms);
        time.Advance(TimeSpan.FromMicroseconds(1_500_250.5));
        Assert.Equal(start + 1_500.2505, clock.Now.Ms, 0.0005);
    }
}
