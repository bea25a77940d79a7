using System.Text;

namespace MusicSocial.Lyrics.Srt;

/// <summary>
/// SubRip's own markup: <c>&lt;b&gt; &lt;i&gt; &lt;u&gt; &lt;s&gt; &lt;font&gt;</c> and positions such as <c>{\an8}</c>. Anything else in angle brackets is text.
/// </summary>
internal static class SrtMarkup
{
    /// <summary>Longer markup is text. The bound keeps unclosed tags from being searched to the end of the file again and again.</summary>
    private const int Longest = 200;

    private static readonly string[] Tags = ["b", "i", "u", "s", "font"];

    public static ReadOnlySpan<char> Strip(ReadOnlySpan<char> line)
    {
        if (!line.ContainsAny('<', '{'))
        {
            return line;
        }

        var text = new StringBuilder(line.Length);
        while (!line.IsEmpty)
        {
            var plain = line.IndexOfAny('<', '{');
            text.Append(plain < 0 ? line : line[..plain]);
            line = plain < 0 ? [] : line[plain..];
            var markup = MarkupLength(line);
            if (markup == 0 && !line.IsEmpty)
            {
                text.Append(line[0]);
                markup = 1;
            }

            line = line[markup..];
        }

        return text.ToString();
    }

    private static int MarkupLength(ReadOnlySpan<char> text)
    {
        text = text[..int.Min(text.Length, Longest)];
        if (text is ['{', '\\', ..])
        {
            return text.IndexOf('}') + 1;
        }

        if (text is not ['<', ..])
        {
            return 0;
        }

        var name = text is ['<', '/', ..] ? text[2..] : text[1..];
        foreach (var tag in Tags)
        {
            if (name.StartsWith(tag, StringComparison.OrdinalIgnoreCase) && name.Length > tag.Length
                && (name[tag.Length] == '>' || (tag == "font" && name[tag.Length] == ' ')))
            {
                return text.IndexOf('>') + 1;
            }
        }

        return 0;
    }
}
