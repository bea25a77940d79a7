namespace MusicSocial.Protocol;

/// <summary>
/// An instant on the hub's one clock, counted from the Unix epoch in 100 ns ticks. All positions are computed on it; the wall
/// clocks of servers and clients never are.
/// </summary>
/// <param name="Ticks">100 ns ticks since 1970-01-01T00:00:00Z.</param>
public readonly record struct HubTime(long Ticks) : IComparable<HubTime>
{
    /// <summary>The instant that many milliseconds after the Unix epoch; fractions are kept to 100 ns.</summary>
    public static HubTime FromMs(double ms) => new((long)Math.Round(ms * TimeSpan.TicksPerMillisecond));

    /// <summary>Milliseconds since the Unix epoch, as the wire carries them (<c>...AtMs</c>).</summary>
    public double Ms => Ticks / (double)TimeSpan.TicksPerMillisecond;

    /// <inheritdoc/>
    public int CompareTo(HubTime other) => Ticks.CompareTo(other.Ticks);

    /// <summary>The later of two instants.</summary>
    public static HubTime Max(HubTime a, HubTime b) => a >= b ? a : b;

    /// <summary>The earlier of two instants.</summary>
    public static HubTime Min(HubTime a, HubTime b) => a <= b ? a : b;

    /// <summary>The instant <paramref name="span"/> later.</summary>
    public static HubTime operator +(HubTime time, TimeSpan span) => new(time.Ticks + span.Ticks);

    /// <summary>The instant <paramref name="span"/> earlier.</summary>
    public static HubTime operator -(HubTime time, TimeSpan span) => new(time.Ticks - span.Ticks);

    /// <summary>The time from <paramref name="earlier"/> to <paramref name="later"/>; negative when they are the other way round.</summary>
    public static TimeSpan operator -(HubTime later, HubTime earlier) => new(later.Ticks - earlier.Ticks);

    /// <summary>Whether <paramref name="a"/> lies before <paramref name="b"/>.</summary>
    public static bool operator <(HubTime a, HubTime b) => a.Ticks < b.Ticks;

    /// <summary>Whether <paramref name="a"/> lies after <paramref name="b"/>.</summary>
    public static bool operator >(HubTime a, HubTime b) => a.Ticks > b.Ticks;

    /// <summary>Whether <paramref name="a"/> is not after <paramref name="b"/>.</summary>
    public static bool operator <=(HubTime a, HubTime b) => a.Ticks <= b.Ticks;

    /// <summary>Whether <paramref name="a"/> is not before <paramref name="b"/>.</summary>
    public static bool operator >=(HubTime a, HubTime b) => a.Ticks >= b.Ticks;
}
