
namespace MusicSocial.Realtime.Clock;

/// <summary>
/// A process clock that is given its offset and moves there gently: it runs a little faster or slower, never backwards. Only a clock that
/// is far behind leaps forward.
/// </summary>
internal sealed class SlewedClock(TimeProvider time) : IHubClock
{
    /// <summary>Further behind than this it leaps; further ahead it goes at half speed.</summary>
    private static readonly TimeSpan Far = TimeSpan.FromMilliseconds(100);

    // A hundredth: 1 ms is corrected within 0.1 s, inaudibly.
    private const double GentleRate = 0.01;
    private const double SteepRate = 0.5;

    private readonly ProcessClock _raw = new(time);
    private Course _course = new(default, TimeSpan.Zero, TimeSpan.Zero, GentleRate);
    private long _last;

    public HubTime Now
    {
        get
        {
            var raw = _raw.Now;
            var now = (raw + Volatile.Read(ref _course).OffsetAt(raw)).Ticks;
            while (true)
            {
                // Two readers may be on either side of a change of course.
                var last = Volatile.Read(ref _last);
                if (now <= last)
                    return new(last);
                if (Interlocked.CompareExchange(ref _last, now, last) == last)
                    return new(now);
            }
        }
    }

    /// <summary>The clock of the process alone, to which offsets are given.</summary>
    public HubTime Raw => _raw.Now;

    /// <summary>The clock is to be <paramref name="offset"/> from <see cref="Raw"/>. Called by one at a time.</summary>
    public void Aim(TimeSpan offset)
    {
        var raw = _raw.Now;
        var from = _course.OffsetAt(raw);
        var way = offset - from;
        Volatile.Write(ref _course, way > Far ? new(raw, offset, offset, GentleRate) : new(raw, from, offset, way < -Far ? SteepRate : GentleRate));
    }

    /// <summary>The clock is <paramref name="offset"/> from <see cref="Raw"/> from now on; where that would be back, it stands still until then. For a node that has not begun to work.</summary>
    public void Set(TimeSpan offset) => Volatile.Write(ref _course, new(_raw.Now, offset, offset, GentleRate));

    private sealed record Course(HubTime Since, TimeSpan From, TimeSpan To, double Rate)
    {
        public TimeSpan OffsetAt(HubTime raw)
        {
            var way = To - From;
            var gone = (raw - Since) * Rate;
            return gone >= way.Duration() ? To : way > TimeSpan.Zero ? From + gone : From - gone;
        }
    }
}
