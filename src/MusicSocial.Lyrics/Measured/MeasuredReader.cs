using MusicSocial.Lyrics.Drafting;
using MusicSocial.Lyrics.Lrc;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Measured;

/// <summary>Formats whose lines say <c>[start,length]</c> and differ in where words keep their measure: YRC, QRC and KRC.</summary>
internal static class MeasuredReader
{
    /// <summary>Takes the words of a line; false if it has none, and its text was taken as one piece.</summary>
    public delegate bool TakeWords(ReadOnlySpan<char> text, Measure line, WordRun words);

    public static LyricSheet Read(ReadOnlySpan<char> text, TakeWords takeWords)
    {
        var draft = new SheetDraft();
        var words = new WordRun();
        var lines = new PhysicalLines(text);
        while (lines.MoveNext())
        {
            var line = Blanks.Trim(lines.Current);
            if (Measure.TryRead(line, MeasureShape.Line, out var measure, out var length))
            {
                var worded = takeWords(line[length..], measure, words);
                Take(measure, words, worded, draft, lines.Number);
            }
            else if (!line.IsEmpty && !IsCredit(line) && !LrcTags.TryTake(line, lines.Number, draft))
            {
                draft.AddUntimed(line, lines.Number);
            }
        }

        return draft.Build();
    }

    private static void Take(Measure measure, WordRun words, bool worded, SheetDraft draft, int number)
    {
        var taken = words.Take(out var text);
        if (text.Length > 0)
        {
            draft.Add(new LyricLine { StartMs = measure.StartMs, EndMs = measure.EndMs, Text = text, Words = worded ? taken : [] }, number);
        }
    }

    /// <summary>NetEase puts who wrote and arranged the song between the lines, as JSON.</summary>
    private static bool IsCredit(ReadOnlySpan<char> line) => line is ['{', .., '}'];
}
