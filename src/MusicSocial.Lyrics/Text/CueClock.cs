namespace MusicSocial.Lyrics.Text;

/// <summary>Subtitle times: <c>hh:mm:ss,mmm</c> (SubRip) and <c>[hh:]mm:ss.mmm</c> (WebVTT); either mark is taken for the fraction.</summary>
internal static class CueClock
{
    private const string Arrow = "-->";

    /// <summary>Reads <c>start --> end</c>, whatever settings follow.</summary>
    public static bool TryReadRange(ReadOnlySpan<char> line, out int startMs, out int endMs)
    {
        startMs = endMs = 0;
        var arrow = line.IndexOf(Arrow, StringComparison.Ordinal);
        if (arrow < 0 || !TryRead(Blanks.Trim(line[..arrow]), out startMs))
        {
            return false;
        }

        var end = Blanks.Trim(line[(arrow + Arrow.Length)..]);
        var settings = end.IndexOfAny(' ', '\t');
        if (!TryRead(settings < 0 ? end : end[..settings], out endMs))
        {
            return false;
        }

        endMs = int.Max(startMs, endMs);
        return true;
    }

    public static bool IsRangeLike(ReadOnlySpan<char> line) => line.Contains(Arrow, StringComparison.Ordinal);

    /// <summary>Reads a whole text as one time.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out int milliseconds)
    {
        milliseconds = 0;
        long total = 0;
        var at = 0;
        for (var fields = 1; ; fields++)
        {
            if (!Digits.TryRead(text, ref at, out var field))
            {
                return false;
            }

            total = total * 60 + field * 1000;
            if (at >= text.Length || text[at] != ':')
            {
                if (fields < 2)
                {
                    return false;
                }

                break;
            }

            if (fields == 3)
            {
                return false;
            }

            at++;
        }

        if (at < text.Length && text[at] is '.' or ',')
        {
            at++;
            total += Digits.ReadFraction(text, ref at);
        }

        milliseconds = (int)long.Min(total, int.MaxValue);
        return at == text.Length && total <= LyricLimits.TimeMs;
    }
}
