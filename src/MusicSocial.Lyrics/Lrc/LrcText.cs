using System.Globalization;
using System.Text;

namespace MusicSocial.Lyrics.Lrc;

/// <summary>The pieces both LRC writers write.</summary>
internal static class LrcText
{
    /// <summary>Every tag but the offset, which the times already have.</summary>
    public static StringBuilder AppendTags(this StringBuilder lrc, LyricSheet sheet)
    {
        foreach (var (key, value) in sheet.Metadata)
        {
            if (key != "offset" && LrcTags.KeyLength(key + ":") == key.Length && !value.AsSpan().ContainsAny('\r', '\n'))
            {
                lrc.Append('[').Append(key).Append(':').Append(value).Append("]\n");
            }
        }

        return lrc;
    }

    /// <summary><c>mm:ss.f</c>: rounding carries, minutes go beyond 59, hours are never written.</summary>
    public static StringBuilder AppendStamp(this StringBuilder lrc, char open, int milliseconds, char close, LyricWriting options)
    {
        var centiseconds = options.FractionDigits == 2;
        var units = centiseconds ? (milliseconds + 5) / 10 : milliseconds;
        var perSecond = centiseconds ? 100 : 1000;
        var seconds = units / perSecond;
        lrc.Append(open).Append(CultureInfo.InvariantCulture, $"{seconds / 60:00}:{seconds % 60:00}.");
        return centiseconds
            ? lrc.Append(CultureInfo.InvariantCulture, $"{units % perSecond:00}").Append(close)
            : lrc.Append(CultureInfo.InvariantCulture, $"{units % perSecond:000}").Append(close);
    }

    /// <summary>LRC has no break inside a line.</summary>
    public static string OneLine(string text) => text.Replace('\n', ' ');
}
