using System.Text;
using MusicSocial.Lyrics.Lookup;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.WebVtt;

/// <summary>Writes WebVTT: a cue per line, singers as voices, words after inline stamps, background vocals in <c>c.bg</c>.</summary>
internal static class VttWriter
{
    public static string Write(LyricSheet sheet, LyricWriting options)
    {
        var vtt = new StringBuilder("WEBVTT\n");
        if (sheet.Language is { } language)
        {
            vtt.Append("Language: ").Append(language).Append('\n');
        }

        foreach (var (line, startMs, endMs) in ShownLine.Of(sheet, options.DurationMs))
        {
            vtt.Append('\n').Append(TimeText.Clock(startMs)).Append(" --> ").Append(TimeText.Clock(endMs)).Append('\n');
            AppendMarks(vtt, line);
            AppendContent(vtt, line);
            vtt.Append('\n');
        }

        return vtt.ToString();
    }

    private static void AppendMarks(StringBuilder vtt, LyricLine line)
    {
        if (line.Agent is { } agent)
        {
            vtt.Append("<v ").Append(Escaped(agent)).Append('>');
        }

        vtt.Append(line.IsBackground ? "<c.bg>" : "");
    }

    private static void AppendContent(StringBuilder vtt, LyricLine line)
    {
        if (line.Words.IsEmpty)
        {
            vtt.Append(Escaped(line.Text));
            return;
        }

        for (var index = 0; index < line.Words.Length; index++)
        {
            var word = line.Words[index];
            AppendStamp(vtt, word.StartMs).Append(Escaped(word.Text));
            if (word.EndMs is { } endMs && (index + 1 == line.Words.Length || endMs < line.Words[index + 1].StartMs))
            {
                AppendStamp(vtt, endMs);
            }
        }
    }

    private static StringBuilder AppendStamp(StringBuilder vtt, int milliseconds) =>
        vtt.Append('<').Append(TimeText.Clock(milliseconds)).Append('>');

    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
