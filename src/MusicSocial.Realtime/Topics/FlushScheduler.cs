namespace MusicSocial.Realtime.Topics;

/// <summary>
/// Decides when a topic flushes: at once when quiet - on the thread that asks, if the pace says so - otherwise one interval after the last flush. Flushes
/// never overlap, so a topic whose flush takes longer than the interval slows down.
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

/// <summary>How a topic's followers are served.</summary>
/// <param name="Interval">Least time between the beginnings of two flushes.</param>
/// <param name="IsInline">Whether a quiet topic is flushed on the thread that publishes; otherwise on a pool thread.</param>
internal readonly record struct FlushPace(TimeSpan Interval, bool IsInline)
{
    // So few that the publisher does not notice; so many that a hop between threads does not show.
    private const int MostInline = 64;

    private static readonly TimeSpan[] Steps = [.. new[] { 100, 250, 500, 1_000 }.Select(ms => TimeSpan.FromMilliseconds(ms))];

    /// <summary>The pace of a topic with so many followers: the time the node needs to write to all of them, rounded up to the next step.</summary>
    public static FlushPace For(int followers, RealtimeOptions options)
    {
        var needed = TimeSpan.FromSeconds((double)followers / options.DeliveriesPerSecond);
        var interval = options.BusyInterval;
        for (var i = 0; interval < needed && i < Steps.Length; i++)
            interval = Steps[i] > interval ? Steps[i] : interval;
        return new(interval, followers <= MostInline);
    }
}
