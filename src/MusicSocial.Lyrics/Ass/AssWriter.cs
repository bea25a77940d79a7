using System.Globalization;
using System.Text;
using MusicSocial.Lyrics.Lookup;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Ass;

/// <summary>Writes ASS karaoke: each word fills (<c>\kf</c>) while it is sung. Times are hundredths of a second.</summary>
internal static class AssWriter
{
    private const string Head = """
        [Script Info]
        ScriptType: v4.00+
        PlayResX: 1280
        PlayResY: 720
        WrapStyle: 0

        [V4+ Styles]
        Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
        Style: Main,Sans,56,&H00FFFFFF,&H00909090,&H00000000,&H80000000,-1,0,0,0,100,100,0,0,1,3,0,2,40,40,60,1
        Style: Background,Sans,40,&H00E0E0E0,&H00808080,&H00000000,&H80000000,0,-1,0,0,100,100,0,0,1,2,0,8,40,40,60,1

        [Events]
        Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text

        """;

    public static string Write(LyricSheet sheet, LyricWriting options)
    {
        var ass = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var (line, startMs, endMs) in ShownLine.Of(sheet, options.DurationMs))
        {
            var style = line.IsBackground ? "Background" : "Main";
            ass.Append(CultureInfo.InvariantCulture, $"Dialogue: 0,{TimeText.ShortClock(Hundredths(startMs))},{TimeText.ShortClock(Hundredths(endMs))}")
                .Append(CultureInfo.InvariantCulture, $",{style},{Name(line.Agent)},0,0,0,,");
            AppendText(ass, line, startMs, endMs);
            ass.Append('\n');
        }

        return ass.ToString();
    }

    /// <summary>Lengths are differences of rounded times, so that rounding never adds up.</summary>
    private static void AppendText(StringBuilder ass, LyricLine line, int startMs, int endMs)
    {
        if (line.Words.IsEmpty)
        {
            ass.Append(Escaped(line.Text));
            return;
        }

        var at = Hundredths(startMs);
        for (var index = 0; index < line.Words.Length; index++)
        {
            var word = line.Words[index];
            var starts = int.Max(at, Hundredths(word.StartMs));
            var ends = int.Max(starts, Hundredths(word.EndMs ?? endMs));
            if (index + 1 < line.Words.Length)
            {
                ends = int.Max(starts, int.Min(ends, Hundredths(line.Words[index + 1].StartMs)));
            }

            if (starts > at)
            {
                ass.Append(CultureInfo.InvariantCulture, $"{{\\k{starts - at}}}");
            }

            ass.Append(CultureInfo.InvariantCulture, $"{{\\kf{ends - starts}}}").Append(Escaped(word.Text));
            at = ends;
        }
    }

    private static int Hundredths(int milliseconds) => (milliseconds + 5) / 10;

    private static string Name(string? agent) => (agent ?? "").Replace(',', ' ').Replace('\n', ' ');

    /// <summary>Braces open commands; a backslash would, before some letters, unless something invisible follows it.</summary>
    private static string Escaped(string text) => text
        .Replace("\\", "\\\u2060", StringComparison.Ordinal)
        .Replace("{", "\\{", StringComparison.Ordinal)
        .Replace("}", "\\}", StringComparison.Ordinal)
        .Replace("\n", "\\N", StringComparison.Ordinal);
}
