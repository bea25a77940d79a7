using MusicSocial.Lyrics.Lrc;
using MusicSocial.Lyrics.Measured;
using MusicSocial.Lyrics.Text;
using MusicSocial.Lyrics.WebVtt;

namespace MusicSocial.Lyrics;

/// <summary>Tells formats apart by what stands in them, never by a name.</summary>
internal static class LyricSniffer
{
    private static readonly string[] LrcTagKeys = ["ti:", "ar:", "al:", "au:", "by:", "offset:", "length:", "re:", "ve:", "la:", "lang:"];

    public static LyricFormat Sniff(ReadOnlySpan<char> text)
    {
        text = Blanks.TrimStart(text);
        if (VttReader.IsSigned(text))
        {
            return LyricFormat.WebVtt;
        }

        return SniffMarkup(text) ?? SniffLines(text);
    }

    private static LyricFormat? SniffMarkup(ReadOnlySpan<char> text)
    {
        if (text is not ['<', '?' or '!' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'), ..])
        {
            return null;
        }

        var start = text[..int.Min(text.Length, 4096)];
        if (QrcEnvelope.IsAround(text))
        {
            return LyricFormat.Qrc;
        }

        var declared = text.StartsWith("<?xml", StringComparison.Ordinal) || text.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);
        var rooted = start.Contains("<tt ", StringComparison.Ordinal) || start.Contains("<tt>", StringComparison.Ordinal)
            || start.Contains(":tt ", StringComparison.Ordinal);
        return declared || rooted ? LyricFormat.Ttml : null;
    }

    /// <summary>The first line that only one format could have written decides.</summary>
    private static LyricFormat SniffLines(ReadOnlySpan<char> text)
    {
        var lines = new PhysicalLines(text);
        var tagged = false;
        var versioned = false;
        while (lines.MoveNext())
        {
            var line = Blanks.Trim(lines.Current);
            if (SniffLine(line) is { } format)
            {
                return format;
            }

            // Every Lyricsfile says its version, at the top level, before or after its lines.
            versioned |= lines.Current.StartsWith("version:", StringComparison.Ordinal);
            if (versioned && IsLyricsfileKey(lines.Current))
            {
                return LyricFormat.Lyricsfile;
            }

            tagged |= IsLrcTag(line);
        }

        return tagged ? LyricFormat.Lrc : LyricFormat.Text;
    }

    private static LyricFormat? SniffLine(ReadOnlySpan<char> line)
    {
        if (line is ['[', ..] && Measure.TryRead(line, MeasureShape.Line, out _, out var length))
        {
            return SniffMeasured(line[length..]);
        }

        if (LrcStamp.TryRead(line, '[', ']', out _, out _) || LrcStamp.TryRead(line, '<', '>', out _, out _))
        {
            return LyricFormat.Lrc;
        }

        return CueClock.TryReadRange(line, out _, out _) ? LyricFormat.Srt : null;
    }

    private static LyricFormat? SniffMeasured(ReadOnlySpan<char> words)
    {
        if (Measure.TryFind(words, MeasureShape.KrcWord, out _, out _, out _))
        {
            return LyricFormat.Krc;
        }

        if (Measure.TryFind(words, MeasureShape.YrcWord, out _, out _, out _))
        {
            return LyricFormat.Yrc;
        }

        return Measure.TryFind(words, MeasureShape.QrcWord, out _, out _, out _) ? LyricFormat.Qrc : null;
    }

    private static bool IsLyricsfileKey(ReadOnlySpan<char> line) =>
        line.StartsWith("metadata:", StringComparison.Ordinal)
        || line.StartsWith("lines:", StringComparison.Ordinal)
        || line.StartsWith("plain:", StringComparison.Ordinal);

    private static bool IsLrcTag(ReadOnlySpan<char> line)
    {
        if (line is not ['[', .., ']'])
        {
            return false;
        }

        foreach (var key in LrcTagKeys)
        {
            if (line[1..].StartsWith(key, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
