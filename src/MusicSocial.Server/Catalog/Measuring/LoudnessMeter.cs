using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using MusicSocial.Server.Catalog.Probing;

namespace MusicSocial.Server.Catalog.Measuring;

/// <summary>Measures how loud a recording is, with ffmpeg.</summary>
internal sealed class LoudnessMeter(IOptions<CatalogOptions> options)
{
    private const int MaxLogBytes = 512 * 1024;

    // Half a day of sound on a processor that is hardly ever free: what takes longer hangs.
    private static readonly TimeSpan ToolTimeout = TimeSpan.FromMinutes(30);

    /// <summary>Whether ffmpeg turned out not to be installed.</summary>
    public bool IsMissing { get; private set; }

    /// <summary>Null when it cannot be measured: silence, sound that cannot be decoded, or no ffmpeg.</summary>
    public async Task<MeasuredLoudness?> MeasureAsync(string audioPath, CancellationToken cancellationToken)
    {
        // At its usual level the filter logs ten lines for each second of sound.
        string[] arguments =
        [
            "-hide_banner", "-nostats", "-nostdin", "-threads", "1", .. MediaTool.Open(audioPath),
            "-map", "0:a:0", "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-",
        ];
        try
        {
            var log = await MediaTool.RunInBackgroundAsync(options.Value.Ffmpeg, arguments, ToolTimeout, MaxLogBytes, cancellationToken);
            return log is null ? null : LoudnessSummary.Read(Encoding.UTF8.GetString(log));
        }
        catch (Win32Exception)
        {
            IsMissing = true;
            return null;
        }
    }
}

/// <summary>How loud a recording is, after EBU R128.</summary>
/// <param name="Loudness">Integrated over the whole, LUFS; above -70.</param>
/// <param name="Peak">True peak, dB relative to full scale; above 0 where the wave goes higher between the samples.</param>
internal sealed record MeasuredLoudness(double Loudness, double Peak);

/// <summary>Reads what ffmpeg's filter <c>ebur128</c> says when it is through.</summary>
internal static partial class LoudnessSummary
{
    /// <summary>R128 leaves out what is quieter, so this is said when nothing was left.</summary>
    private const double SilenceLufs = -70;

    /// <summary>Null without a loudness: silence, or no summary at all.</summary>
    public static MeasuredLoudness? Read(string log)
    {
        // The log contains the file's tags too, which may imitate a summary; the real one comes last.
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
