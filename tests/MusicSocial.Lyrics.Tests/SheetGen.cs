using FsCheck;
using FsCheck.Fluent;

namespace MusicSocial.Lyrics.Tests;

/// <summary>Generates sheets as readers make them: sorted, words nondecreasing, texts normal.</summary>
internal static class SheetGen
{
    private static readonly string[] Syllables =
        ["la ", "Straße ", "さ", "く", "ra", "ry ", "glo", "é ", "don't ", "naïve ", "(oh) ", "мир ", "سلام ", "🎵 ", "100% ", "a,b ", "c=d "];

    /// <summary>Lines with start, some with end, words, singer, background vocals; positions in a small range, so that they overlap.</summary>
    public static Gen<LyricSheet> Overlapping(int rangeMs) =>
        from count in Gen.Choose(0, 12)
        from lines in Line(rangeMs).ArrayOf(count)
        select new LyricSheet { Lines = [.. lines.OrderBy(line => line.StartMs)] };

    /// <summary>Sheets in the form every reader produces: main lines in order, each with at most one line of background vocals behind it.</summary>
    public static Gen<LyricSheet> Normal() =>
        from count in Gen.Choose(1, 8)
        from starts in Gen.Choose(0, 600_000).ArrayOf(count)
        from pairs in NormalPair().ArrayOf(count)
        select new LyricSheet { Lines = [.. starts.Order().Zip(pairs, At).SelectMany(pair => pair)] };

    private static Gen<(LyricLine Main, LyricLine? Background)> NormalPair() =>
        from main in NormalLine()
        from agent in Gen.Elements(null, "v1", "v2", "F")
        from background in Gen.OneOf(Gen.Constant<LyricLine?>(null), NormalLine().Select(line => (LyricLine?)line))
        select (main with { Agent = agent }, background is null ? null : background with { Agent = agent, Role = LyricLine.Background });

    /// <summary>A line at 0: every word but the last says its end, which is at most the next one's start.</summary>
    private static Gen<LyricLine> NormalLine() =>
        from count in Gen.Choose(1, 5)
        from syllables in Gen.Elements(Syllables).ArrayOf(count)
        from times in Gen.Choose(0, 5_000).ArrayOf(count * 2)
        from worded in Gen.Elements(true, false)
        from openEnd in Gen.Elements(true, false)
        from translated in Gen.Elements(true, false)
        select NormalLine(syllables, [.. times.Order()], worded, openEnd, translated);

    private static LyricLine NormalLine(string[] syllables, int[] times, bool worded, bool openEnd, bool translated)
    {
        syllables[^1] = syllables[^1].TrimEnd();
        var words = syllables.Select((text, index) => new LyricWord(times[index * 2], times[(index * 2) + 1], text)).ToArray();
        words[^1] = openEnd ? words[^1] with { EndMs = null } : words[^1];
        return new LyricLine
        {
            StartMs = 0,
            EndMs = times[^1] + 100,
            Text = string.Concat(syllables),
            Words = worded ? [.. words] : [],
            Translations = translated ? LyricLine.NoTexts.Add("de", "Übersetzung").Add("fr", "à l'aube") : LyricLine.NoTexts,
            Romanisations = translated ? LyricLine.NoTexts.Add("ja-Latn", "sakura") : LyricLine.NoTexts,
        };
    }

    private static IEnumerable<LyricLine> At(int startMs, (LyricLine Main, LyricLine? Background) pair)
    {
        yield return pair.Main.ShiftedBy(startMs);
        if (pair.Background is { } background)
        {
            yield return (background with { StartMs = background.Words is [var first, ..] ? first.StartMs : 0, Translations = LyricLine.NoTexts }).ShiftedBy(startMs);
        }
    }

    public static Gen<LyricWord[]> Words(int startMs, int rangeMs) =>
        from count in Gen.Choose(0, 4)
        from syllables in Gen.Elements(Syllables).ArrayOf(count)
        from starts in Gen.Choose(startMs, startMs + rangeMs).ArrayOf(count)
        from lengths in Gen.OneOf(Gen.Constant<int?>(null), Gen.Choose(0, rangeMs / 2).Select(length => (int?)length)).ArrayOf(count)
        select syllables.Zip(starts.Order(), (text, start) => (text, start))
            .Zip(lengths, (word, length) => new LyricWord(word.start, word.start + length, word.text)).ToArray();

    private static Gen<LyricLine> Line(int rangeMs) =>
        from start in Gen.Choose(0, rangeMs)
        from length in Gen.OneOf(Gen.Constant<int?>(null), Gen.Choose(0, rangeMs / 2).Select(length => (int?)length))
        from words in Words(start, rangeMs / 2)
        from empty in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from background in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new LyricLine
        {
            StartMs = start,
            EndMs = start + length,
            Text = empty ? "" : words.Length == 0 ? "line" : string.Concat(words.Select(word => word.Text)),
            Words = empty ? [] : [.. words],
            Role = background ? LyricLine.Background : null,
        };
}
