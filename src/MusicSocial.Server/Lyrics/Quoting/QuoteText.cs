using System.Globalization;
using System.Text;

namespace MusicSocial.Server.Lyrics.Quoting;

/// <summary>Breaks lyric lines into rows of a card. Widths are estimated, generously: the fonts are those of the viewer.</summary>
internal static class QuoteText
{
    /// <summary>As few rows as <see cref="Rows"/> needs, and about equally long: no word alone in the last one.</summary>
    public static List<string> BalancedRows(string text, double fontSize, double width)
    {
        var rows = Rows(text, fontSize, width);
        for (var narrower = width * 0.95; rows.Count > 1 && narrower > width / 2; narrower -= width * 0.05)
        {
            var balanced = Rows(text, fontSize, narrower);
            if (balanced.Count > rows.Count)
                break;
            rows = balanced;
        }

        return rows;
    }

    /// <summary>The rows of a text at this size; breaks at blanks, in scripts without blanks anywhere.</summary>
    public static List<string> Rows(string text, double fontSize, double width)
    {
        var rows = new List<string>();
        var row = new StringBuilder();
        foreach (var piece in Pieces(text))
        {
            if (row.Length > 0 && WidthOf(row + piece.TrimEnd()) * fontSize > width)
            {
                rows.Add(row.ToString().Trim());
                row.Clear();
            }

            row.Append(piece);
        }

        if (row.ToString().Trim() is { Length: > 0 } last)
            rows.Add(last);
        return rows;
    }

    /// <summary>The estimated width in ems.</summary>
    public static double WidthOf(string text) => text.EnumerateRunes().Sum(WidthOf);

    /// <summary>Whether the first letter is of a script written from right to left.</summary>
    public static bool IsRightToLeft(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
                return rune.Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);
        }

        return false;
    }

    // Words with their blank; wide characters one by one; what is too long for any row in parts.
    private static IEnumerable<string> Pieces(string text)
    {
        var piece = new StringBuilder();
        var elements = StringInfo.GetTextElementEnumerator(text.Replace('\n', ' '));
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            var wide = WidthOf(element) >= 1 && !char.IsWhiteSpace(element[0]);
            if ((wide || WidthOf(piece.ToString()) > 12) && piece.Length > 0)
            {
                yield return piece.ToString();
                piece.Clear();
            }

            piece.Append(element);
            if (wide || char.IsWhiteSpace(element[0]))
            {
                yield return piece.ToString();
                piece.Clear();
            }
        }

        yield return piece.ToString();
    }

    private static double WidthOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        UnicodeCategory.SpaceSeparator => rune.Value == 0x3000 ? 1 : 0.3,
        _ when IsWide(rune.Value) => 1,
        UnicodeCategory.UppercaseLetter => 0.75,
        _ when "iljtf.,:;'!|()[]-’".Contains((char)Math.Min(rune.Value, char.MaxValue)) => 0.38,
        _ => 0.62,
    };

    private static bool IsWide(int value) => value is
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or
        (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
}
