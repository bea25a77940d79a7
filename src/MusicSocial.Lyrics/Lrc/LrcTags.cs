using MusicSocial.Lyrics.Drafting;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Lrc;

/// <summary>Id tags: whole lines of <c>[key:value]</c>, wherever they stand.</summary>
internal static class LrcTags
{
    /// <summary>Characters of the longest language tag (RFC 5646, 4.4.1). What is longer is something else under the same key.</summary>
    public const int LongestLanguageTag = 35;

    /// <summary>Takes the tags of a line, if it is made of nothing else.</summary>
    public static bool TryTake(ReadOnlySpan<char> line, int number, SheetDraft draft)
    {
        if (line.Length < 3 || line[0] != '[' || line[^1] != ']' || KeyLength(line[1..]) == 0)
        {
            return false;
        }

        while (!line.IsEmpty)
        {
            var end = NextTag(line);
            Take(line[1..end], number, draft);
            line = Blanks.TrimStart(line[(end + 1)..]);
        }

        return true;
    }

    /// <summary>Characters of the key before the colon; 0 when this is no key.</summary>
    public static int KeyLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && IsKeyCharacter(text[length]))
        {
            length++;
        }

        var named = length > 0 && (text[0] == '#' || char.IsAsciiLetter(text[0]));
        return named && length < text.Length && text[length] == ':' ? length : 0;
    }

    /// <summary>Where the first tag's bracket closes: before another tag, or at the end, so that values may hold brackets.</summary>
    private static int NextTag(ReadOnlySpan<char> line)
    {
        for (var end = 1; end < line.Length - 1; end++)
        {
            if (line[end] == ']' && line[end + 1] == '[' && KeyLength(line[(end + 2)..]) > 0)
            {
                return end;
            }
        }

        return line.Length - 1;
    }

    private static void Take(ReadOnlySpan<char> tag, int number, SheetDraft draft)
    {
        var keyLength = KeyLength(tag);
        if (tag[0] == '#')
        {
            return;
        }

        var key = tag[..keyLength].ToString().ToLowerInvariant();
        var value = Blanks.Collapse(tag[(keyLength + 1)..]);
        switch (key)
        {
            case SheetOffset.Key:
                SheetOffset.Take(value, number, draft);
                break;
            // KRC keeps whole translations under "language".
            case "la" or "lang" or "language" when value.Length is > 0 and <= LongestLanguageTag:
                draft.Language = value;
                draft.Tag(key, value);
                break;
            default:
                draft.Tag(key, value);
                break;
        }
    }

    private static bool IsKeyCharacter(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '#' or '_' or '-';
}
