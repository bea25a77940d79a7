using System.Text;
using MusicSocial.Lyrics.Lookup;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Srt;

/// <summary>Writes SubRip: a numbered block per line. The format has nothing but texts and times.</summary>
internal static class SrtWriter
{
    public static string Write(LyricSheet sheet, LyricWriting options)
    {
        var srt = new StringBuilder();
        var number = 0;
        foreach (var (line, startMs, endMs) in ShownLine.Of(sheet, options.DurationMs))
        {
            srt.Append(number == 0 ? "" : "\n").Append(++number).Append('\n')
                .Append(Clock(startMs)).Append(" --> ").Append(Clock(endMs)).Append('\n')
                .Append(line.Text).Append('\n');
        }

        return srt.ToString();
    }

    private static string Clock(int milliseconds) => TimeText.Clock(milliseconds).Replace('.', ',');
}
