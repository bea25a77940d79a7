using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Measured;

/// <summary>Two or three numbers between brackets, <c>[start,length]</c> or <c>(start,length,0)</c>, in milliseconds.</summary>
internal readonly record struct Measure(int StartMs, int LengthMs)
{
    public int EndMs => StartMs + LengthMs;

    /// <summary>Reads the measure a text begins with; length is how far it goes.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, MeasureShape shape, out Measure measure, out int length)
    {
        measure = default;
        length = 0;
        var at = 1;
        if (text.IsEmpty || text[0] != shape.Open
            || !Digits.TryReadTime(text, ref at, out var start) || !Comma(text, ref at)
            || !Digits.TryReadTime(text, ref at, out var duration))
        {
            return false;
        }

        if (shape.Fields == 3 && !(Comma(text, ref at) && Digits.TryRead(text, ref at, out _)))
        {
            return false;
        }

        if (at >= text.Length || text[at] != shape.Close)
        {
            return false;
        }

        measure = new Measure(start, duration);
        length = at + 1;
        return measure.EndMs <= LyricLimits.TimeMs;
    }

    /// <summary>Finds the next measure in a text.</summary>
    public static bool TryFind(ReadOnlySpan<char> text, MeasureShape shape, out Measure measure, out int at, out int length)
    {
        for (at = 0; at < text.Length; at++)
        {
            var step = text[at..].IndexOf(shape.Open);
            if (step < 0)
            {
                break;
            }

            at += step;
            if (TryRead(text[at..], shape, out measure, out length))
            {
                return true;
            }
        }

        measure = default;
        length = 0;
        return false;
    }

    private static bool Comma(ReadOnlySpan<char> text, ref int at)
    {
        if (at >= text.Length || text[at] != ',')
        {
            return false;
        }

        at++;
        return true;
    }
}
