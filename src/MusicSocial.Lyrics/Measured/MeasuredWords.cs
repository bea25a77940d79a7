using MusicSocial.Lyrics.Drafting;

namespace MusicSocial.Lyrics.Measured;

/// <summary>Where each format keeps the measure of a word.</summary>
internal static class MeasuredWords
{
    /// <summary>YRC: before the word, counted from the start of the track.</summary>
    public static bool TakeYrc(ReadOnlySpan<char> text, Measure line, WordRun words) =>
        TakeFollowing(text, line, lineOffsetMs: 0, MeasureShape.YrcWord, words);

    /// <summary>KRC: before the word, counted from the start of the line.</summary>
    public static bool TakeKrc(ReadOnlySpan<char> text, Measure line, WordRun words) =>
        TakeFollowing(text, line, line.StartMs, MeasureShape.KrcWord, words);

    /// <summary>QRC: behind the word, counted from the start of the track. A blank word is only a separator.</summary>
    public static bool TakeQrc(ReadOnlySpan<char> text, Measure line, WordRun words)
    {
        var last = line;
        var worded = false;
        while (Measure.TryFind(text, MeasureShape.QrcWord, out var measure, out var at, out var length))
        {
            words.Add(measure.StartMs, measure.EndMs, text[..at]);
            worded = true;
            last = new Measure(measure.EndMs, 0);
            text = text[(at + length)..];
        }

        words.Add(last.StartMs, line.EndMs, text);
        return worded;
    }

    private static bool TakeFollowing(ReadOnlySpan<char> text, Measure line, int lineOffsetMs, MeasureShape shape, WordRun words)
    {
        var current = line;
        var worded = false;
        while (Measure.TryFind(text, shape, out var next, out var at, out var length))
        {
            words.Add(current.StartMs, current.EndMs, text[..at]);
            worded = true;
            current = next with { StartMs = next.StartMs + lineOffsetMs };
            text = text[(at + length)..];
        }

        words.Add(current.StartMs, current.EndMs, text);
        return worded;
    }
}
