using System.Text;

namespace MusicSocial.Lyrics.Lrc;

/// <summary>Writes LRC that any player shows: tags, and a stamp and a text per line.</summary>
internal static class LrcWriter
{
    public static string Write(LyricSheet sheet, LyricWriting options)
    {
        var lrc = new StringBuilder().AppendTags(sheet);
        foreach (var line in sheet.Lines)
        {
            if (line.StartMs is { } startMs)
            {
                lrc.AppendStamp('[', startMs, ']', options);
            }

            if (line.Agent is "F" or "M" or "D")
            {
                lrc.Append(line.Agent).Append(": ");
            }

            lrc.Append(LrcText.OneLine(line.Text)).Append('\n');
        }

        return lrc.ToString();
    }
}
