using MusicSocial.Lyrics.Lrc;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics;

/// <summary>Tells formats apart by what stands in them, never by a name.</summary>
internal static class LyricSniffer
{
    public static LyricFormat Sniff(ReadOnlySpan<char> text)
    {
        text = Blanks.TrimStart(text);
        if (text is ['<', '?' or '!' or (>= 'a' and <= 'z'), ..] && text.Contains("<tt", StringComparison.Ordinal))
        {
            return LyricFormat.Ttml;
        }

        var lines = new PhysicalLines(text);
        while (lines.MoveNext())
        {
            var line = Blanks.Trim(lines.Current);
            if (LrcStamp.TryRead(line, '[', ']', out _, out _) || LrcStamp.TryRead(line, '<', '>', out _, out _))
            {
                return LyricFormat.Lrc;
            }
        }

        return LyricFormat.Text;
    }
}
