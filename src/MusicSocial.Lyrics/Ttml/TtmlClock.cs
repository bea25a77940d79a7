using System.Globalization;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Ttml;

/// <summary>Reads TTML time expressions, with the frame and tick rates of one document.</summary>
/// <remarks>https://www.w3.org/TR/ttml1/#timing-value-timeExpression, and bare decimals and <c>mm:ss.f</c> as Apple writes them.</remarks>
internal sealed class TtmlClock(double frameRate, double subFrameRate, double tickRate)
{
    public static TtmlClock Of(string? frameRate, string? multiplier, string? subFrameRate, string? tickRate)
    {
        var frames = Positive(frameRate) ?? 30;
        var parts = multiplier?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts is [var numerator, var denominator] && Positive(numerator) is { } over && Positive(denominator) is { } under)
        {
            frames *= over / under;
        }

        var subFrames = Positive(subFrameRate) ?? 1;
        return new TtmlClock(frames, subFrames, Positive(tickRate) ?? (frameRate is null ? 1 : frames * subFrames));
    }

    /// <summary>Reads one expression; nothing if it is none, negative or beyond <see cref="LyricLimits.TimeMs"/>.</summary>
    public TtmlTime? Read(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var time = text.Contains(':') ? Clock(text) : Counted(text);
        return time is { Milliseconds: <= LyricLimits.TimeMs } ? time : null;
    }

    /// <summary><c>hh:mm:ss</c> with a fraction or frames, or <c>mm:ss</c> with a fraction: absolute.</summary>
    private TtmlTime? Clock(ReadOnlySpan<char> text)
    {
        var at = 0;
        long milliseconds = 0;
        var fields = 0;
        while (fields < 3)
        {
            if (!Digits.TryRead(text, ref at, out var field))
            {
                return null;
            }

            milliseconds = milliseconds * 60 + field * 1000;
            fields++;
            if (at == text.Length || text[at] != ':' || fields == 3)
            {
                break;
            }

            at++;
        }

        if (at < text.Length && text[at] == '.')
        {
            at++;
            milliseconds += Digits.ReadFraction(text, ref at);
        }
        else if (at < text.Length && fields == 3 && text[at] == ':')
        {
            at++;
            if (!TryReadFrames(text, ref at, out var framesMs))
            {
                return null;
            }

            milliseconds += framesMs;
        }

        return at == text.Length && fields >= 2 ? TtmlTime.Absolute(milliseconds) : null;
    }

    private bool TryReadFrames(ReadOnlySpan<char> text, ref int at, out long milliseconds)
    {
        milliseconds = 0;
        if (!Digits.TryRead(text, ref at, out var frames))
        {
            return false;
        }

        long subFrames = 0;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            if (!Digits.TryRead(text, ref at, out subFrames))
            {
                return false;
            }
        }

        milliseconds = Rounded((frames + subFrames / subFrameRate) * 1000 / frameRate);
        return true;
    }

    /// <summary>A number with a unit, which counts from the parent; or bare seconds, which do not.</summary>
    private TtmlTime? Counted(ReadOnlySpan<char> text)
    {
        var at = 0;
        if (!Digits.TryRead(text, ref at, out _))
        {
            return null;
        }

        if (at < text.Length && text[at] == '.')
        {
            at++;
            Digits.TryRead(text, ref at, out _);
        }

        var number = text[..at];
        return text[at..] switch
        {
            "" => TtmlTime.Absolute(Exact(number, 1000)),
            "h" => TtmlTime.Relative(Exact(number, 3_600_000)),
            "m" => TtmlTime.Relative(Exact(number, 60_000)),
            "s" => TtmlTime.Relative(Exact(number, 1000)),
            "ms" => TtmlTime.Relative(Exact(number, 1)),
            "f" => TtmlTime.Relative(Rounded(Inexact(number) * 1000 / frameRate)),
            "t" => TtmlTime.Relative(Rounded(Inexact(number) * 1000 / tickRate)),
            _ => null,
        };
    }

    /// <summary>Decimal, because 0.5005 s are 501 ms, and binary fractions make it 500.</summary>
    private static long Exact(ReadOnlySpan<char> number, int unitMs) =>
        decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= LyricLimits.TimeMs
            ? (long)Math.Round(value * unitMs, MidpointRounding.AwayFromZero)
            : long.MaxValue;

    private static double Inexact(ReadOnlySpan<char> number) => double.Parse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static long Rounded(double milliseconds) =>
        milliseconds > LyricLimits.TimeMs ? long.MaxValue : (long)Math.Round(milliseconds, MidpointRounding.AwayFromZero);

    private static double? Positive(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value > 0
        && double.IsFinite(value)
            ? value
            : null;
}
