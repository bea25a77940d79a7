using MusicSocial.Lyrics.Id3;
using MusicSocial.Lyrics.Lrc;
using MusicSocial.Lyrics.Lyricsfile;
using MusicSocial.Lyrics.Measured;
using MusicSocial.Lyrics.PlainText;
using MusicSocial.Lyrics.Srt;
using MusicSocial.Lyrics.Text;
using MusicSocial.Lyrics.Ttml;
using MusicSocial.Lyrics.WebVtt;

namespace MusicSocial.Lyrics;

/// <summary>Reads lyrics of any format into one model. Takes time linear in the bytes, and keeps to <see cref="LyricLimits"/>.</summary>
public static class LyricReader
{
    /// <summary>Reads a file's bytes.</summary>
    /// <param name="bytes">The file as it is.</param>
    /// <param name="format">How to read it; by default the content decides.</param>
    /// <param name="encodingHint">
    /// The encoding (<c>gb18030</c>, <c>shift_jis</c>, <c>big5</c>, <c>euc-kr</c> ...) when the bytes have no byte order mark and
    /// are not Unicode; otherwise, and when it is unknown, <see cref="Encodings.EncodingDetector"/> decides.
    /// </param>
    /// <exception cref="LyricRefusedException">The bytes cannot become a sheet: see <see cref="LyricRefusals"/>.</exception>
    public static LyricSheet Read(ReadOnlyMemory<byte> bytes, LyricFormat? format = null, string? encodingHint = null)
    {
        if (bytes.Length > LyricLimits.Bytes)
        {
            throw new LyricRefusedException(LyricRefusals.TooLarge);
        }

        EncryptedContainers.Refuse(bytes.Span);
        if (format is LyricFormat.Id3 || (format is null && Id3Reader.IsFrame(bytes.Span)))
        {
            return Id3Reader.Read(bytes.Span, encodingHint);
        }

        var text = LyricEncoding.Decode(bytes.Span, encodingHint);
        // A file of nothing but NULs is what some tools leave of one they could not write.
        return Blanks.Trim(text).Trim('\0').IsEmpty
            ? throw new LyricRefusedException(LyricRefusals.Empty)
            : ReadText(text, format ?? LyricSniffer.Sniff(text));
    }

    private static LyricSheet ReadText(string text, LyricFormat format)
    {
        if (format is LyricFormat.Qrc or LyricFormat.Krc or LyricFormat.Text)
        {
            EncryptedContainers.RefuseHexBody(text, format);
        }

        return format switch
        {
            LyricFormat.Lrc or LyricFormat.EnhancedLrc or LyricFormat.BracketLrc => LrcReader.Read(text),
            LyricFormat.Ttml => TtmlReader.Read(text),
            LyricFormat.Srt => SrtReader.Read(text),
            LyricFormat.WebVtt => VttReader.Read(text),
            LyricFormat.Yrc => MeasuredReader.Read(text, MeasuredWords.TakeYrc),
            LyricFormat.Qrc => MeasuredReader.Read(QrcEnvelope.IsAround(text) ? QrcEnvelope.Open(text) : text, MeasuredWords.TakeQrc),
            LyricFormat.Krc => MeasuredReader.Read(text, MeasuredWords.TakeKrc, new KrcLayers()),
            LyricFormat.Lyricsfile => LyricsfileReader.Read(text),
            _ => PlainTextReader.Read(text),
        };
    }
}
