using System.Buffers.Binary;
using System.Text;
using MusicSocial.Lyrics;

namespace MusicSocial.Benchmarks.Lyrics;

/// <summary>Files to read: the same 1,000 lines of 2,000 words in every format, which is more than any real song has.</summary>
internal static class LyricFiles
{
    private const int LineCount = 1_000;
    private const int WordsPerLine = 2;

    public static LyricSheet Sheet { get; } = new()
    {
        Metadata = LyricReader.Read("[ti:A long song]\n[ar:Nobody]\n[00:00.00]x"u8.ToArray()).Metadata,
        Lines = [.. Enumerable.Range(0, LineCount).Select(Line)],
    };

    public static byte[] Write(LyricOutput output) => Encoding.UTF8.GetBytes(LyricWriter.Write(Sheet, output));

    public static byte[] Srt() => Blocks((index, line) => $"{index + 1}\n00:{line.StartMs / 60_000:00}:{line.StartMs / 1000 % 60:00},000 --> 00:{line.EndMs / 60_000:00}:{line.EndMs / 1000 % 60:00},900\n{line.Text}\n\n");

    public static byte[] Yrc() => Blocks((_, line) =>
        $"[{line.StartMs},2900]{string.Concat(line.Words.Select(word => $"({word.StartMs},{word.EndMs - word.StartMs},0){word.Text}"))}\n");

    public static byte[] Qrc() => Blocks((_, line) =>
        $"[{line.StartMs},2900]{string.Concat(line.Words.Select(word => $"{word.Text}({word.StartMs},{word.EndMs - word.StartMs})"))}\n");

    public static byte[] Krc() => Blocks((_, line) =>
        $"[{line.StartMs},2900]{string.Concat(line.Words.Select(word => $"<{word.StartMs - line.StartMs},{word.EndMs - word.StartMs},0>{word.Text}"))}\n");

    public static byte[] Text() => Blocks((_, line) => $"{line.Text}\n");

    /// <summary>SYLT's body: UTF-8, milliseconds, lyrics; after each text its time.</summary>
    public static byte[] Id3() =>
        [3, .. "eng"u8, 2, 1, 0, .. Sheet.Lines.SelectMany(line => (byte[])[.. Encoding.UTF8.GetBytes(line.Text), 0, .. BigEndian(line.StartMs ?? 0)])];

    public static byte[] Lyricsfile() => Encoding.UTF8.GetBytes("version: '1.0'\nlines:\n" + string.Concat(Sheet.Lines.Select(line =>
        $"  - text: '{line.Text}'\n    start_ms: {line.StartMs}\n    end_ms: {line.EndMs}\n    words:\n"
        + string.Concat(line.Words.Select(word => $"      - {{text: '{word.Text}', start_ms: {word.StartMs}, end_ms: {word.EndMs}}}\n")))));

    private static byte[] BigEndian(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Blocks(Func<int, LyricLine, string> block) =>
        Encoding.UTF8.GetBytes(string.Concat(Sheet.Lines.Select((line, index) => block(index, line))));

    private static LyricLine Line(int index)
    {
        var startMs = index * 3_000;
        var words = Enumerable.Range(0, WordsPerLine)
            .Select(word => new LyricWord(startMs + (word * 1_400), startMs + ((word + 1) * 1_400), word + 1 < WordsPerLine ? $"somewhere{index} " : "straße"))
            .ToArray();
        return new LyricLine
        {
            StartMs = startMs,
            EndMs = startMs + 2_900,
            Text = string.Concat(words.Select(word => word.Text)),
            Words = [.. words],
        };
    }
}
