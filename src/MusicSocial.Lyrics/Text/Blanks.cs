using System.Buffers;

namespace MusicSocial.Lyrics.Text;

/// <summary>White space of lyric texts: ends are trimmed, runs become one blank. The ideographic space (U+3000) counts.</summary>
internal static class Blanks
{
    // A byte order mark in the middle of a file comes from files glued together; it is as invisible as a blank.
    public static bool IsBlank(char character) => char.IsWhiteSpace(character) || character == '\uFEFF';

    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => TrimStart(TrimEnd(text));

    public static ReadOnlySpan<char> TrimStart(ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length && IsBlank(text[start]))
        {
            start++;
        }

        return text[start..];
    }

    public static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> text)
    {
        var end = text.Length;
        while (end > 0 && IsBlank(text[end - 1]))
        {
            end--;
        }

        return text[..end];
    }

    /// <summary>The text trimmed, every run of white space one blank.</summary>
    public static string Collapse(ReadOnlySpan<char> text)
    {
        text = Trim(text);
        return IsCollapsed(text) ? text.ToString() : Collapsed(text);
    }

    /// <summary>The same, without a copy where nothing collapses.</summary>
    public static ReadOnlySpan<char> CollapsedSpan(ReadOnlySpan<char> text)
    {
        text = Trim(text);
        return IsCollapsed(text) ? text : Collapsed(text);
    }

    private static bool IsCollapsed(ReadOnlySpan<char> text)
    {
        var afterBlank = false;
        foreach (var character in text)
        {
            if (character == ' ')
            {
                if (afterBlank)
                {
                    return false;
                }

                afterBlank = true;
            }
            else
            {
                if (IsBlank(character))
                {
                    return false;
                }

                afterBlank = false;
            }
        }

        return true;
    }

    private static string Collapsed(ReadOnlySpan<char> text)
    {
        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        var length = 0;
        var afterBlank = false;
        foreach (var character in text)
        {
            var blank = IsBlank(character);
            if (!blank || !afterBlank)
            {
                buffer[length++] = blank ? ' ' : character;
            }

            afterBlank = blank;
        }

        var collapsed = new string(buffer, 0, length);
        ArrayPool<char>.Shared.Return(buffer);
        return collapsed;
    }
}
