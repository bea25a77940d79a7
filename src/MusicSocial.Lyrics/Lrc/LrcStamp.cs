using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Lrc;

/// <summary>
/// A time between brackets: <c>[mm:ss]</c>, <c>[mm:ss.f]</c> with any number of digits, <c>[h:mm:ss.f]</c>, and
/// <c>[mm:ss:cc]</c> in hundredths. Seconds of 60 and more carry; more than 100 hours is no time.
/// </summary>
internal static class LrcStamp
{
    /// <summary>Reads the stamp a text begins with; length is how far it goes.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, char open, char close, out int milliseconds, out int length)
    {
        milliseconds = 0;
        length = 0;
        var at = 1;
        if (text.Length < 5 || text[0] != open
            || !Digits.TryRead(text, ref at, out var first) || !Skip(text, ':', ref at)
            || !Digits.TryRead(text, ref at, out var second))
        {
            return false;
        }

        var thirdAt = at + 1;
        long third = 0;
        var hasThird = Skip(text, ':', ref at);
        if (hasThird && !Digits.TryRead(text, ref at, out third))
        {
            return false;
        }

        var thirdEnd = at;
        var hasFraction = Skip(text, '.', ref at) || Skip(text, ',', ref at);
        var fraction = hasFraction ? Digits.ReadFraction(text, ref at) : 0;
        if (at >= text.Length || text[at] != close)
        {
            return false;
        }

        var total = (hasThird, hasFraction) switch
        {
            (true, true) => first * 3_600_000 + second * 60_000 + third * 1000 + fraction,
            (true, false) => first * 60_000 + second * 1000 + Hundredths(text[thirdAt..thirdEnd], third),
            _ => first * 60_000 + second * 1000 + fraction,
        };
        length = at + 1;
        milliseconds = (int)long.Min(total, int.MaxValue);
        return total <= LyricLimits.TimeMs;
    }

    /// <summary>Three and more digits can only be a fraction of another precision.</summary>
    private static long Hundredths(ReadOnlySpan<char> digits, long value)
    {
        var at = 0;
        return digits.Length <= 2 ? value * 10 : Digits.ReadFraction(digits, ref at);
    }

    private static bool Skip(ReadOnlySpan<char> text, char expected, ref int at)
    {
        if (at >= text.Length || text[at] != expected)
        {
            return false;
        }

        at++;
        return true;
    }
}
