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
