using System.Buffers;
using System.Net;

namespace MusicSocial.Lyrics.Text;

/// <summary>Takes out of a text what has no place in lyrics: control characters, and marks that turn the direction of what stands beside it.</summary>
internal static class VisibleText
{
    /// <summary>Entities that were encoded once more, as pages that quote pages do.</summary>
    private const int MostRounds = 2;

    // Tab, line feed, line tabulation, form feed, carriage return and NEL are white space and collapse as such. Joiners and plain direction marks stay.
    private static readonly SearchValues<char> Unwanted = SearchValues.Create(
    [
        .. Range('\0', '\b'), .. Range('\u000e', '\u001f'), '\u007f', .. Range('\u0080', '\u0084'), .. Range('\u0086', '\u009f'),
        .. Range('\u202a', '\u202e'), .. Range('\u2066', '\u2069'), .. Range('\ufff9', '\ufffb'), '\ufffe', '\uffff',
    ]);

    /// <summary>The text itself when nothing is to be taken out.</summary>
    public static string Clean(string text)
    {
        var at = text.AsSpan().IndexOfAny(Unwanted);
        if (at < 0)
        {
            return text;
        }

        var kept = new char[text.Length];
        var length = 0;
        foreach (var character in text)
        {
            if (!Unwanted.Contains(character))
            {
                kept[length++] = character;
            }
        }

        return new string(kept, 0, length);
    }

    /// <summary>A line with its HTML entities resolved: lyric sites leave them in files of every format.</summary>
    public static ReadOnlySpan<char> Resolve(ReadOnlySpan<char> line)
    {
        for (var round = 0; round < MostRounds && HasEntity(line); round++)
        {
            line = Clean(WebUtility.HtmlDecode(line.ToString()));
        }

        return line;
    }

    private static bool HasEntity(ReadOnlySpan<char> line)
    {
        var start = line.IndexOf('&');
        return start >= 0 && line[start..].Contains(';');
    }

    private static IEnumerable<char> Range(char first, char last) => Enumerable.Range(first, last - first + 1).Select(code => (char)code);
}
