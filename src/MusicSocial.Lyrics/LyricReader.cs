using MusicSocial.Lyrics.Lrc;
using MusicSocial.Lyrics.PlainText;
using MusicSocial.Lyrics.Text;
using MusicSocial.Lyrics.Ttml;

namespace MusicSocial.Lyrics;

/// <summary>Reads lyrics of any format into one model. Takes time linear in the bytes, and keeps to <see cref="LyricLimits"/>.</summary>
public static class LyricReader
{
    /// <summary>Reads a file's bytes.</summary>
    /// <param name="bytes">The file as it is.</param>
    /// <param name="format">How to read it; by default the content decides.</param>
    /// <param name="encodingHint">
    /// The encoding to try (<c>gb18030</c>, <c>shift_jis</c>, <c>big5</c>, <c>euc-kr</c> ...) when the bytes have no byte order mark and
    /// are not UTF-8; otherwise, and when it is unknown, they are read as windows-1252.
    /// </param>
    /// <exception cref="LyricRefusedException">The bytes cannot become a sheet: see <see cref="LyricRefusals"/>.</exception>
    public static LyricSheet Read(ReadOnlyMemory<byte> bytes, LyricFormat? format = null, string? encodingHint = null)
    {
        if (bytes.Length > LyricLimits.Bytes)
        {
            throw new LyricRefusedException(LyricRefusals.TooLarge);
        }

        var text = LyricEncoding.Decode(bytes.Span, encodingHint);
        if (Blanks.Trim(text).IsEmpty)
        {
            throw new LyricRefusedException(LyricRefusals.Empty);
        }

        return (format ?? LyricSniffer.Sniff(text)) switch
        {
            LyricFormat.Lrc or LyricFormat.EnhancedLrc or LyricFormat.BracketLrc => LrcReader.Read(text),
            LyricFormat.Ttml => TtmlReader.Read(text),
            LyricFormat.Text => PlainTextReader.Read(text),
            var other => throw new NotSupportedException($"The {other.WireName()} format has no reader."),
        };
    }
}
