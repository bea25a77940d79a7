using MusicSocial.Lyrics.Ass;
using MusicSocial.Lyrics.Lrc;
using MusicSocial.Lyrics.OpenSubsonic;
using MusicSocial.Lyrics.PlainText;
using MusicSocial.Lyrics.Srt;
using MusicSocial.Lyrics.Ttml;
using MusicSocial.Lyrics.WebVtt;

namespace MusicSocial.Lyrics;

/// <summary>Writes a sheet as text. What a format can say survives: reading it again gives the same lines.</summary>
public static class LyricWriter
{
    /// <summary>Writes the sheet; newlines are <c>\n</c>.</summary>
    /// <exception cref="ArgumentException">An unsynced sheet, for a format of which <see cref="NeedsTimes"/> is true; or other than 2 or 3 fraction digits.</exception>
    public static string Write(LyricSheet sheet, LyricOutput output, LyricWriting? options = null)
    {
        options ??= new LyricWriting();
        if (options.FractionDigits is not (2 or 3))
        {
            throw new ArgumentException("Fractions are written with 2 or 3 digits.", nameof(options));
        }

        if (!sheet.Synced && NeedsTimes(output))
        {
            throw new ArgumentException($"A sheet without times cannot be written as {output.WireName()}.", nameof(sheet));
        }

        return output switch
        {
            LyricOutput.Lrc => LrcWriter.Write(sheet, options),
            LyricOutput.EnhancedLrc => EnhancedLrcWriter.Write(sheet, options),
            LyricOutput.Ttml => TtmlWriter.Write(sheet, options),
            LyricOutput.WebVtt => VttWriter.Write(sheet, options),
            LyricOutput.Ass => AssWriter.Write(sheet, options),
            LyricOutput.OpenSubsonic => StructuredLyricsWriter.Write(sheet),
            LyricOutput.Srt => SrtWriter.Write(sheet, options),
            LyricOutput.Text => PlainTextWriter.Write(sheet),
            _ => throw new ArgumentOutOfRangeException(nameof(output)),
        };
    }

    /// <summary>True for subtitle formats, which have no way to write a line without a time.</summary>
    public static bool NeedsTimes(LyricOutput output) => output is LyricOutput.WebVtt or LyricOutput.Ass or LyricOutput.Srt;
}
