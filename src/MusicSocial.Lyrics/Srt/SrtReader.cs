using System.Text;
using MusicSocial.Lyrics.Drafting;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Srt;

/// <summary>SubRip: blocks of a time range and lines of text. Numbers are not needed, broken blocks are skipped.</summary>
internal static class SrtReader
{
    public static LyricSheet Read(ReadOnlySpan<char> text)
    {
        var draft = new SheetDraft();
        var lines = new PhysicalLines(text);
        while (lines.MoveNext())
        {
            var number = lines.Number;
            if (!CueClock.IsRangeLike(lines.Current))
            {
                continue;
            }

            var timed = CueClock.TryReadRange(lines.Current, out var startMs, out var endMs);
            var block = TakeText(ref lines);
            if (timed)
            {
                draft.Add(new LyricLine { StartMs = startMs, EndMs = endMs, Text = block }, number);
            }
            else
            {
                draft.Warn(LyricWarnings.BadTime, number);
            }
        }

        return draft.Build();
    }

    /// <summary>The lines up to the next blank one.</summary>
    private static string TakeText(ref PhysicalLines lines)
    {
        var text = new StringBuilder();
        while (lines.MoveNext())
        {
            if (Blanks.Trim(lines.Current).IsEmpty)
            {
                break;
            }

            var line = Blanks.Collapse(SrtMarkup.Strip(lines.Current));
            if (line.Length > 0)
            {
                text.Append(text.Length > 0 ? "\n" : "").Append(line);
            }
        }

        return text.ToString();
    }
}
