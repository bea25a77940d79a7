using System.Text;
using System.Text.Unicode;

namespace MusicSocial.Lyrics.Encodings;

/// <summary>An encoding that bytes are probably written in.</summary>
/// <param name="Encoding">Replaces what it cannot decode; never throws.</param>
/// <param name="Confidence">From 0 (a guess) to 1 (every character is one that texts of this kind are made of).</param>
public sealed record DetectedEncoding(Encoding Encoding, double Confidence);

/// <summary>
/// Finds out how old lyric files and tags are encoded: UTF-8, UTF-16 without a byte order mark, and what was written before Unicode in China, Taiwan, Japan,
/// Korea, Eastern and Western Europe, Turkey, Greece, Israel, the Arab world and Thailand. A few letters are enough, because tags are short.
/// </summary>
/// <remarks>Each candidate decodes the bytes strictly; the one whose text looks most like its languages wins. Rules and measurements: docs/catalog.md.</remarks>
public static class EncodingDetector
{
    /// <summary>Below this, bytes are taken for windows-1252.</summary>
    public const double Sure = 0.45;

    /// <summary>Bytes looked at: enough for every statistic.</summary>
    private const int SampleBytes = 16 * 1024;

    private const int Western = 1252;

    private static readonly Encoding WesternEncoding = CodePagesEncodingProvider.Instance.GetEncoding(Western)!;

    /// <summary>The likeliest encoding; windows-1252 with the confidence 0 when nothing is likely.</summary>
    public static DetectedEncoding Detect(ReadOnlySpan<byte> bytes)
    {
        if (Utf16.Detect(bytes) is { } wide)
        {
            return new DetectedEncoding(wide, 1);
        }

        if (Utf8.IsValid(bytes) || IsDamagedUtf8(bytes))
        {
            return new DetectedEncoding(Encoding.UTF8, 1);
        }

        var sample = Sample(bytes);
        var best = new DetectedEncoding(WesternEncoding, 0);
        foreach (var candidate in EncodingCandidate.All)
        {
            if (candidate.Plausibility(sample) is { } confidence && confidence > best.Confidence)
            {
                best = new DetectedEncoding(candidate.Encoding, confidence);
            }
        }

        return best.Confidence >= Sure ? best : new DetectedEncoding(WesternEncoding, 0);
    }

    /// <summary>UTF-8 that was cut off or has a broken byte here and there is still UTF-8: a tenth of its characters at most is broken.</summary>
    private static bool IsDamagedUtf8(ReadOnlySpan<byte> bytes)
    {
        const int TimesMore = 10;
        var (whole, broken) = (0, 0);
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out var rune, out var length);
            whole += status == System.Buffers.OperationStatus.Done && !rune.IsAscii ? 1 : 0;
            broken += status == System.Buffers.OperationStatus.Done ? 0 : 1;
            bytes = bytes[length..];
        }

        return whole > 2 && whole >= broken * TimesMore;
    }

    /// <summary>The first bytes, cut where no character is cut: behind ASCII.</summary>
    private static ReadOnlySpan<byte> Sample(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= SampleBytes)
        {
            return bytes;
        }

        var lineEnd = bytes[..SampleBytes].LastIndexOf((byte)'\n');
        return lineEnd > 0 ? bytes[..lineEnd] : bytes[..SampleBytes];
    }
}

/// <summary>UTF-16 without a byte order mark: every other byte of its blanks, digits and brackets is zero.</summary>
internal static class Utf16
{
    private const int SampleBytes = 4096;

    /// <summary>One unit in so many is ASCII in any lyric file, because stamps are.</summary>
    private const int OneIn = 6;

    /// <summary>Null when it is something else.</summary>
    public static Encoding? Detect(ReadOnlySpan<byte> bytes)
    {
        var units = int.Min(bytes.Length, SampleBytes) / 2;
        var (little, big) = (0, 0);
        for (var unit = 0; unit < units; unit++)
        {
            var (first, second) = (bytes[unit * 2], bytes[(unit * 2) + 1]);
            little += second == 0 && IsText(first) ? 1 : 0;
            big += first == 0 && IsText(second) ? 1 : 0;
        }

        return (little, big) switch
        {
            _ when little > 1 && little * OneIn >= units && little > big * OneIn => Encoding.Unicode,
            _ when big > 1 && big * OneIn >= units && big > little * OneIn => Encoding.BigEndianUnicode,
            _ => null,
        };
    }

    private static bool IsText(byte value) => value is (>= 0x20 and < 0x7F) or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
