using System.Text;
using System.Text.Unicode;

namespace MusicSocial.Lyrics.Text;

/// <summary>Bytes to text: a byte order mark wins, then strict UTF-8, then the caller's hint, then windows-1252. Never fails.</summary>
internal static class LyricEncoding
{
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static string Decode(ReadOnlySpan<byte> bytes, string? hint) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes[3..]),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes[2..]),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes[2..]),
        _ when Utf8.IsValid(bytes) => Encoding.UTF8.GetString(bytes),
        _ => (Hinted(hint) ?? Western).GetString(bytes),
    };

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
