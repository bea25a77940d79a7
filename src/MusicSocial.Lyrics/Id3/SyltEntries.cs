using MusicSocial.Lyrics.Drafting;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Id3;

/// <summary>
/// The entries of a SYLT frame: texts with a time each. A newline in an entry starts another line; without any, every
/// entry is a line. Blanks stay with the syllable they are written with.
/// </summary>
internal static class SyltEntries
{
    public static LyricSheet Read(Id3Text frame, SheetDraft draft)
    {
        frame.Next();
        var entries = Entries(frame);
        var lines = entries.Exists(entry => entry.Text.AsSpan().ContainsAny('\n', '\r')) ? ByNewline(entries) : OneEach(entries);
        var worded = lines.Exists(line => line.Count > 1);
        foreach (var line in lines)
        {
            draft.Add(Line(line, worded), number: null);
        }

        return draft.Build();
    }

    private static List<Entry> Entries(Id3Text frame)
    {
        var entries = new List<Entry>();
        while (!frame.IsEmpty)
        {
            var text = frame.Next();
            if (frame.TryNextTime(out var time) && time <= LyricLimits.TimeMs)
            {
                entries.Add(new Entry((int)time, text));
            }
        }

        return entries;
    }

    private static List<List<Entry>> OneEach(List<Entry> entries) =>
        entries.ConvertAll(entry => new List<Entry> { entry });

    private static List<List<Entry>> ByNewline(List<Entry> entries)
    {
        var lines = new List<List<Entry>>();
        var line = new List<Entry>();
        foreach (var (startMs, text) in entries)
        {
            var parts = new PhysicalLines(text);
            for (var first = true; parts.MoveNext(); first = false)
            {
                if (!first)
                {
                    line = Finish(line, lines);
                }

                if (!parts.Current.IsEmpty)
                {
                    line.Add(new Entry(startMs, parts.Current.ToString()));
                }
            }
        }

        Finish(line, lines);
        return lines;
    }

    private static List<Entry> Finish(List<Entry> line, List<List<Entry>> lines)
    {
        if (line.Count > 0)
        {
            lines.Add(line);
        }

        return [];
    }

    private static LyricLine Line(List<Entry> entries, bool worded)
    {
        if (!worded)
        {
            return new LyricLine { StartMs = entries[0].StartMs, Text = Blanks.Collapse(entries[0].Text) };
        }

        var words = new TimedText();
        for (var index = 0; index < entries.Count; index++)
        {
            var text = entries[index].Text.AsSpan();
            text = index == 0 ? Blanks.TrimStart(text) : text;
            text = index == entries.Count - 1 ? Blanks.TrimEnd(text) : text;
            if (text.IsEmpty)
            {
                words.EndWord(entries[index].StartMs);
            }
            else
            {
                words.BeginWord(entries[index].StartMs, null);
                words.Append(text);
            }
        }

        var startMs = entries[0].StartMs;
        return new LyricLine { StartMs = startMs, Words = words.Take(out var joined), Text = joined };
    }

    private readonly record struct Entry(int StartMs, string Text);
}
