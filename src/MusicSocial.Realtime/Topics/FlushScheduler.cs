namespace MusicSocial.Realtime.Topics;

/// <summary>
/// Decides when a topic flushes: at once when quiet - on the thread that asks, if the pace says so - otherwise one interval after the last flush. Flushes
/// never overlap, so a topic whose flush takes longer than the interval slows down by itself.
/// </summary>
internal sealed class FlushScheduler(TimeProvider time, Func<FlushPace> pace, Action flush, Action<Exception> failed) : IThreadPoolWorkItem, IDisposable
{
    private readonly Lock _lock = new();
    private Stage _stage = Stage.Quiet;
    private long? _lastFlush;
    private ITimer? _timer;

    private enum Stage
    {
        Quiet,
        Due,
        Flushing,
        FlushingAndDue,
        Stopped,
    }

    /// <summary>There is something to flush.</summary>
    public void Request()
    {
        lock (_lock)
        {
            if (_stage == Stage.Flushing)
                _stage = Stage.FlushingAndDue;
            if (_stage != Stage.Quiet)
                return;
            _stage = Stage.Due;
            var present = pace();
            if (!present.IsInline || Wait(present) > TimeSpan.Zero)
            {
                Schedule(present);
                return;
            }
        }

        Execute();
    }

    public void Execute()
    {
        lock (_lock)
        {
            if (_stage != Stage.Due)
                return;
            _stage = Stage.Flushing;
            _lastFlush = time.GetTimestamp();
        }

        try
        {
            flush();
        }
        catch (Exception exception)
        {
            // The caller posted an event, or is a timer: neither can do anything about it. The followers it did not reach are served by the next flush.
            failed(exception);
        }

        lock (_lock)
        {
            if (_stage == Stage.FlushingAndDue)
            {
                _stage = Stage.Due;
                Schedule(pace());
            }
            else if (_stage == Stage.Flushing)
            {
                _stage = Stage.Quiet;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _stage = Stage.Stopped;
            _timer?.Dispose();
        }
    }

    private TimeSpan Wait(FlushPace present) => _lastFlush is { } last ? present.Interval - time.GetElapsedTime(last) : TimeSpan.Zero;

    private void Schedule(FlushPace present)
    {
        var wait = Wait(present);
        if (wait <= TimeSpan.Zero)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }

        _timer ??= time.CreateTimer(static ticker => ((FlushScheduler)ticker!).Execute(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
