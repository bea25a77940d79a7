using MusicSocial.Realtime.Topics;
using MusicSocial.TestRig;

namespace MusicSocial.Realtime.Tests.Topics;

public sealed class FlushSchedulerTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly ManualTime _time = new();
    private int _flushes;
    private int _failures;
    private bool _fails = true;

    [Fact]
    public void A_flush_that_fails_reaches_neither_the_caller_nor_stops_later_ones()
    {
        using var scheduler = new FlushScheduler(_time, () => new(Interval, IsInline: true), Flush, _ => _failures++);

        scheduler.Request();
        _fails = false;
        _time.Advance(Interval);
        scheduler.Request();

        Assert.Equal((2, 1), (_flushes, _failures));
    }

    [Fact]
    public void A_flush_that_fails_on_a_timer_does_not_stop_later_ones()
    {
        using var scheduler = new FlushScheduler(_time, () => new(Interval, IsInline: true), Flush, _ => _failures++);
        _fails = false;
        scheduler.Request();
        _fails = true;
        scheduler.Request();

        _time.Advance(Interval);
        _fails = false;
        _time.Advance(Interval);
        scheduler.Request();

        Assert.Equal((3, 1), (_flushes, _failures));
    }

    private void Flush()
    {
        _flushes++;
        if (_fails)
            throw new InvalidOperationException("a flush that fails");
    }
}
