using MusicSocial.Lyrics.Drafting;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.PlainText;

/// <summary>Text without times: one line is one line, blank ones are left out.</summary>
internal static class PlainTextReader
{
    public static LyricSheet Read(ReadOnlySpan<char> text)
    {
        var draft = new SheetDraft();
        AddLines(text, draft);
        return draft.Build();
    }

    public static void AddLines(ReadOnlySpan<char> text, SheetDraft draft)
    {
        var lines = new PhysicalLines(text);
        while (lines.MoveNext())
        {
            var line = Blanks.Trim(VisibleText.Resolve(lines.Current));
            if (!line.IsEmpty)
            {
                draft.AddUntimed(line, lines.Number);
            }
        }
    }
}
