using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MusicSocial.Benchmarks.Lyrics;

/// <summary>What most players do: a compiled regular expression per line. It knows less than the reader it is compared with.</summary>
internal static partial class RegexLrcParser
{
    public static List<(int StartMs, string Text, List<(int StartMs, string Text)> Words)> Parse(byte[] bytes)
    {
        var lines = new List<(int StartMs, string Text, List<(int StartMs, string Text)> Words)>();
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n'))
        {
            var match = Stamped().Match(line);
            if (!match.Success)
            {
                continue;
            }

            var text = match.Groups["text"].Value;
            var words = Word().Matches(text).Select(word => (Time(word), word.Groups["word"].Value)).ToList();
            lines.Add((Time(match), Mark().Replace(text, "").Trim(), words));
        }

        return [.. lines.OrderBy(line => line.StartMs)];
    }

    private static int Time(Match match) =>
        (int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture) * 60_000)
        + (int)Math.Round(double.Parse(match.Groups["s"].Value, CultureInfo.InvariantCulture) * 1000);

    [GeneratedRegex(@"^\[(?<m>\d+):(?<s>\d+(\.\d+)?)\](?<text>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Stamped();

    [GeneratedRegex(@"<(?<m>\d+):(?<s>\d+(\.\d+)?)>(?<word>[^<]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"<\d+:\d+(\.\d+)?>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();
}
