using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Lrc;

/// <summary>Who sings a line: <c>v1:</c> of enhanced LRC, or Walaoke's <c>F:</c> (she), <c>M:</c> (he) and <c>D:</c> (both).</summary>
internal static class LrcSinger
{
    /// <summary>Takes the mark off the text, if there is one.</summary>
    public static string? Take(ref ReadOnlySpan<char> text)
    {
        var length = MarkLength(text);
        if (length == 0)
        {
            return null;
        }

        var singer = text[..length].ToString();
        text = Blanks.TrimStart(text[(length + 1)..]);
        return singer;
    }

    private static int MarkLength(ReadOnlySpan<char> text)
    {
        if (text is ['F' or 'M' or 'D', ':', ..])
        {
            return text.Length == 2 || Blanks.IsBlank(text[2]) || text[2] == '<' ? 1 : 0;
        }

        if (text is not ['v', ..])
        {
            return 0;
        }

        var at = 1;
        return Digits.TryRead(text, ref at, out _) && at < text.Length && text[at] == ':' ? at : 0;
    }
}
