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

        var value = double.Parse(text[..at], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return text[at..] switch
        {
            "" => TtmlTime.Absolute(Rounded(value * 1000)),
            "h" => TtmlTime.Relative(Rounded(value * 3_600_000)),
            "m" => TtmlTime.Relative(Rounded(value * 60_000)),
            "s" => TtmlTime.Relative(Rounded(value * 1000)),
            "ms" => TtmlTime.Relative(Rounded(value)),
            "f" => TtmlTime.Relative(Rounded(value * 1000 / frameRate)),
            "t" => TtmlTime.Relative(Rounded(value * 1000 / tickRate)),
            _ => null,
        };
    }

    private static long Rounded(double milliseconds) =>
        milliseconds > LyricLimits.TimeMs ? long.MaxValue : (long)Math.Round(milliseconds, MidpointRounding.AwayFromZero);

    private static double? Positive(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value > 0
        && double.IsFinite(value)
            ? value
            : null;
}
