namespace MusicSocial.Lyrics.Ttml;

/// <summary>
/// Looks at the tags before the XML reader does: it holds all attributes of an element at once, and the time in which it finds two of the
/// same name grows faster than their number.
/// </summary>
internal static class TtmlTags
{
    /// <summary>Attributes of one element, declared namespaces included. Real ones have up to about fifteen.</summary>
    public const int MostAttributes = 100;

    public static void RefuseCrowded(ReadOnlySpan<char> text)
    {
        var at = 0;
        while (at < text.Length && text[at..].IndexOf('<') is >= 0 and var step)
        {
            at += step;
            var length = Length(text[at..]);
            if (length < 0)
            {
                throw new LyricRefusedException(LyricRefusals.InvalidXml, text[..at].Count('\n') + 1);
            }

            at += length;
        }
    }

    /// <summary>Characters of what begins here, up to the end of the text if it never closes; negative for a crowded tag.</summary>
    private static int Length(ReadOnlySpan<char> text)
    {
        var close = text switch
        {
            ['<', '?', ..] => "?>",
            ['<', '!', '-', '-', ..] => "-->",
            ['<', '!', '[', ..] => "]]>",
            _ => null,
        };
        return close is null ? TagLength(text) : Through(text, text.IndexOf(close, StringComparison.Ordinal), close.Length);
    }

    private static int TagLength(ReadOnlySpan<char> text)
    {
        var at = 1;
        for (var attributes = 0; attributes <= MostAttributes; attributes++)
        {
            var next = text[at..].IndexOfAny('"', '\'', '>');
            if (next < 0 || text[at + next] == '>')
            {
                return Through(text, next < 0 ? next : at + next, 1);
            }

            var quote = at + next;
            var end = text[(quote + 1)..].IndexOf(text[quote]);
            if (end < 0)
            {
                return text.Length;
            }

            at = quote + end + 2;
        }

        return -1;
    }

    private static int Through(ReadOnlySpan<char> text, int found, int length) => found < 0 ? text.Length : found + length;
}
