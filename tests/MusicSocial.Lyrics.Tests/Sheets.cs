using System.Text;

namespace MusicSocial.Lyrics.Tests;

/// <summary>Shorthand to read a text and to look at what came out.</summary>
internal static class Sheets
{
    public static LyricSheet Read(string text, LyricFormat? format = null) => LyricReader.Read(Encoding.UTF8.GetBytes(text), format);

    public static string Refusal(string text, LyricFormat? format = null) =>
        Assert.Throws<LyricRefusedException>(() => Read(text, format)).Code;

    public static (int?, string)[] Lines(this LyricSheet sheet) => [.. sheet.Lines.Select(line => (line.StartMs, line.Text))];

    public static (int, int?, string)[] Words(this LyricLine line) => [.. line.Words.Select(word => (word.StartMs, word.EndMs, word.Text))];
}
