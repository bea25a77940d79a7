using MusicSocial.Lyrics.Drafting;
using MusicSocial.Lyrics.Lrc;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Measured;

/// <summary>Formats whose lines say <c>[start,length]</c> and differ in where words keep their measure: YRC, QRC and KRC.</summary>
internal static class MeasuredReader
{
    /// <summary>Takes the words of a line; false if it has none, and its text was taken as one piece.</summary>
    public delegate bool TakeWords(ReadOnlySpan<char> text, Measure line, WordRun words);

    /// <summary>Reads a decrypted file.</summary>
    /// <param name="text">The file.</param>
    /// <param name="takeWords">Where the format keeps the words.</param>
    /// <param name="layers">Takes the translations, where the format has them.</param>
    public static LyricSheet Read(ReadOnlySpan<char> text, TakeWords takeWords, KrcLayers? layers = null)
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
                var kept = Take(measure, words, worded, draft, lines.Number);
                layers?.Row(kept);
            }
            else if (!line.IsEmpty && !IsCredit(line) && layers?.TryTake(line, lines.Number) != true && !LrcTags.TryTake(line, lines.Number, draft))
            {
                draft.AddUntimed(line, lines.Number);
            }
        }

        layers?.AttachTo(draft);
        return draft.Build();
    }

    /// <summary>Says where the draft keeps the line; nothing for one without text.</summary>
    private static int? Take(Measure measure, WordRun words, bool worded, SheetDraft draft, int number)
    {
        var taken = words.Take(out var text);
        if (text.Length == 0)
        {
            return null;
        }

        draft.Add(new LyricLine { StartMs = measure.StartMs, EndMs = measure.EndMs, Text = text, Words = worded ? taken : [] }, number);
        return draft.Timed.Length - 1;
    }

    /// <summary>NetEase puts who wrote and arranged the song between the lines, as JSON.</summary>
    private static bool IsCredit(ReadOnlySpan<char> line) => line is ['{', .., '}'];
}
