namespace MusicSocial.Lyrics.Text;

/// <summary>Numbers as times are written with: ASCII digits only, no sign, huge ones saturate instead of overflowing.</summary>
internal static class Digits
{
    private const long Saturated = 1_000_000_000;

    /// <summary>Reads at least one digit and moves behind the last.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, ref int at, out long value)
    {
        value = 0;
        var start = at;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            value = long.Min(Saturated, value * 10 + (text[at] - '0'));
        }

        return at > start;
    }

    /// <summary>Reads digits as a decimal fraction of a second: <c>1</c> is 100 ms, <c>01</c> is 10 ms, more than three round half up.</summary>
    public static int ReadFraction(ReadOnlySpan<char> text, ref int at)
    {
        var milliseconds = 0;
        var weight = 100;
        var start = at;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            milliseconds += weight * (text[at] - '0');
            weight /= 10;
        }

        return at - start > 3 && text[start + 3] >= '5' ? milliseconds + 1 : milliseconds;
    }

    /// <summary>A whole text of digits, such as the fields of <c>[start,length]</c>, within <see cref="LyricLimits.TimeMs"/>.</summary>
    public static bool TryReadTime(ReadOnlySpan<char> text, ref int at, out int milliseconds)
    {
        var read = TryRead(text, ref at, out var value) && value <= LyricLimits.TimeMs;
        milliseconds = read ? (int)value : 0;
        return read;
    }
}
