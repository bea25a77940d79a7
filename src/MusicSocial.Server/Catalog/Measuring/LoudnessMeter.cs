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

    /// <summary>How loud it is; null when that cannot be measured: silence, sound that cannot be decoded, or no ffmpeg.</summary>
    public async Task<MeasuredLoudness?> MeasureAsync(string audioPath, CancellationToken cancellationToken) =>
        (await DecodeAsync(audioPath, cancellationToken))?.Loudness;

    /// <summary>Decodes the sound once and measures it; null when it cannot be decoded, or there is no ffmpeg.</summary>
    public async Task<DecodedSound?> DecodeAsync(string audioPath, CancellationToken cancellationToken)
    {
        // At its usual level the filter logs ten lines for each second of sound.
        string[] arguments =
        [
            "-hide_banner", "-nostats", "-nostdin", "-threads", "1", .. MediaTool.Open(audioPath),
            "-map", "0:a:0", "-vn", "-af", "ebur128=peak=true:framelog=verbose", "-ar", $"{SoundReader.SampleRate}", "-ac", "1", "-f", "s16le", "pipe:1",
        ];
        try
        {
            var decoded = await MediaTool.DecodeInBackgroundAsync(options.Value.Ffmpeg, arguments, ToolTimeout, MaxLogBytes, cancellationToken);
            return decoded is var (log, bytes) ? new DecodedSound(SoundReader.LengthOf(bytes), LoudnessSummary.Read(Encoding.UTF8.GetString(log))) : null;
        }
        catch (Win32Exception)
        {
            IsMissing = true;
            return null;
        }
    }
}

/// <summary>What decoding a recording tells.</summary>
/// <param name="Length">How long it is to the sample.</param>
/// <param name="Loudness">How loud it is; null for silence.</param>
internal sealed record DecodedSound(TimeSpan Length, MeasuredLoudness? Loudness);

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
