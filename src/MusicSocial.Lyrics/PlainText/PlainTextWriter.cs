using System.Text;

namespace MusicSocial.Lyrics.PlainText;

/// <summary>Writes the texts and nothing else, a line each; lines that clear the screen become blank ones.</summary>
internal static class PlainTextWriter
{
    public static string Write(LyricSheet sheet)
    {
        var text = new StringBuilder();
        foreach (var line in sheet.Lines)
        {
            text.Append(line.Text).Append('\n');
        }

        return text.ToString();
    }
}
