using System.Text;
using System.Text.Unicode;
using MusicSocial.Lyrics.Encodings;

namespace MusicSocial.Lyrics.Text;

/// <summary>Bytes to text: a byte order mark wins, then UTF-16 by its zeros, strict UTF-8, the caller's hint, and what the bytes look like. Never fails.</summary>
internal static class LyricEncoding
{
    public static string Decode(ReadOnlySpan<byte> bytes, string? hint) => VisibleText.Clean(bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes[3..]),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes[2..]),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes[2..]),
        _ when Utf16.Detect(bytes) is { } wide => wide.GetString(bytes),
        _ when Utf8.IsValid(bytes) => Encoding.UTF8.GetString(bytes),
        _ => (Hinted(hint) ?? EncodingDetector.Detect(bytes).Encoding).GetString(bytes),
    });

    /// <summary>The hinted encoding, unless it is unknown or has just been ruled out.</summary>
    private static Encoding? Hinted(string? hint)
    {
        if (string.IsNullOrWhiteSpace(hint))
        {
            return null;
        }

        try
        {
            var encoding = CodePagesEncodingProvider.Instance.GetEncoding(hint.Trim()) ?? Encoding.GetEncoding(hint.Trim());
            return encoding is UTF8Encoding or ASCIIEncoding ? null : encoding;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
