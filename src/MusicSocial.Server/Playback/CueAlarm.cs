namespace MusicSocial.Server.Playback;

/// <summary>
/// Rings at a moment that can be moved. On the system's time a thread of its own sleeps until then: a ring through the pool costs three times the
/// processor, because pool workers spin before they sleep. On any other time a timer of that time rings.
/// </summary>
internal sealed class CueAlarm : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly Action _ring;
    private readonly ITimer? _timer;
    private long _at = long.MaxValue;
    private bool _ended;

    public CueAlarm(TimeProvider time, Action ring)
    {
        (_time, _ring) = (time, ring);
        if (time == TimeProvider.System)
            new Thread(Run) { IsBackground = true, Name = "cues" }.Start();
        else
            _timer = time.CreateTimer(_ => ring(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Rings once, this long from now, and not at the moment that was set before.</summary>
    public void Set(TimeSpan sleep)
    {
        _timer?.Change(sleep, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            _at = _time.GetTimestamp() + (long)(sleep.TotalSeconds * _time.TimestampFrequency);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>It rings no more, once it is silent.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_gate)
        {
            _ended = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        while (Sleep())
            _ring();
    }

    // Until the moment comes; false when it never will.
    private bool Sleep()
    {
        lock (_gate)
        {
            while (!_ended && Left() is var left && left > TimeSpan.Zero)
                Monitor.Wait(_gate, (int)Math.Ceiling(left.TotalMilliseconds));
            _at = long.MaxValue;
            return !_ended;
        }
    }

    private TimeSpan Left()
    {
        var seconds = (_at - _time.GetTimestamp()) / (double)_time.TimestampFrequency;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Longest.TotalSeconds));
    }
}
