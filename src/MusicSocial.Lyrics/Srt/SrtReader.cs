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

    /// <summary>The lines up to the next blank one, or up to the next block where the blank one is missing.</summary>
    private static string TakeText(ref PhysicalLines lines)
    {
        var text = new List<string>();
        for (var ahead = lines; ahead.MoveNext() && !CueClock.TryReadRange(ahead.Current, out _, out _); lines = ahead)
        {
            if (Blanks.Trim(ahead.Current).IsEmpty)
            {
                return string.Join('\n', text);
            }

            var line = Blanks.Collapse(VisibleText.Resolve(SrtMarkup.Strip(ahead.Current)));
            if (line.Length > 0)
            {
                text.Add(line);
            }
        }

        var next = lines;
        if (next.MoveNext() && text is [.., var number] && !number.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            text.RemoveAt(text.Count - 1);
        }

        return string.Join('\n', text);
    }
}
