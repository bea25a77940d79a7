using System.Globalization;
using System.Text.RegularExpressions;

namespace MusicSocial.Server.Catalog.Measuring;

/// <summary>Reads what ffmpeg's filter <c>ebur128</c> says when it is through.</summary>
internal static partial class LoudnessSummary
{
    /// <summary>R128 leaves out what is quieter, so this is said when nothing was left.</summary>
    private const double SilenceLufs = -70;

    /// <summary>Null when it tells of no loudness: silence, or no summary at all.</summary>
    public static MeasuredLoudness? Read(string log)
    {
        // The file's tags stand in the log too and may say anything; the summary is the last to come.
        var begins = log.LastIndexOf("Summary:", StringComparison.Ordinal);
        if (begins < 0)
            return null;
        var summary = log[begins..];
        return Number(Integrated().Match(summary)) is { } loudness and > SilenceLufs && Number(TruePeak().Match(summary)) is { } peak
            ? new MeasuredLoudness(loudness, peak)
            : null;
    }

    private static double? Number(Match match) =>
        double.TryParse(match.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    [GeneratedRegex(@"^ +I: +(?<number>\S+) LUFS", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Integrated();

    [GeneratedRegex(@"^ +Peak: +(?<number>\S+) dBFS", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex TruePeak();
}
