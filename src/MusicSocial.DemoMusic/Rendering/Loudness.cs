using System.Globalization;
using System.Text.RegularExpressions;

namespace MusicSocial.DemoMusic.Rendering;

/// <summary>Loudness of a recording after EBU R 128: integrated LUFS and true peak in dBTP.</summary>
internal sealed partial record Loudness(double Lufs, double TruePeak)
{
    public static async Task<Loudness> MeasureAsync(string path, CancellationToken cancellationToken)
    {
        string[] measure = ["-hide_banner", "-nostats", "-i", path, "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"];
        var report = await Command.RunAsync("ffmpeg", measure, cancellationToken);
        var summary = report[report.LastIndexOf("Summary:", StringComparison.Ordinal)..];
        return new Loudness(Value(Integrated(), summary), Value(Peak(), summary));
    }

    private static double Value(Regex pattern, string report) =>
        double.Parse(pattern.Match(report).Groups["value"].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"I:\s+(?<value>-?[\d.]+) LUFS", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Integrated();

    [GeneratedRegex(@"Peak:\s+(?<value>-?[\d.]+) dBFS", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Peak();
}
