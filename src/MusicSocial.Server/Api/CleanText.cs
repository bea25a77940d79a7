using System.Globalization;
using System.Text;

namespace MusicSocial.Server.Api;

/// <summary>
/// What people write, made safe to show beside what others wrote: well-formed, composed (NFC), without control characters,
/// bidirectional overrides that would turn the neighbours' text around, or towers of combining marks.
/// </summary>
internal static class CleanText
{
    private const int MaxMarksInARow = 8;
    private const int MaxLineBreaksInARow = 2;

    /// <summary>Cleans a text of several lines; refuses <c>text.empty</c> and <c>text.too_long</c> (in code points).</summary>
    public static string Lines(string? text, int limit) => Check(Clean(text, keepLines: true), limit);

    /// <summary>Cleans a name or title: one line, blanks collapsed.</summary>
    public static string Line(string? text, int limit) => Check(Clean(text, keepLines: false), limit);

    private static string Check(string text, int limit)
    {
        if (text.Length == 0)
            throw new RefusedException(Refusals.TextEmpty);
        if (text.EnumerateRunes().Count() > limit)
            throw new RefusedException(Refusals.TextTooLong(limit));
        return text;
    }

    private static string Clean(string? text, bool keepLines)
    {
        var cleaned = new StringBuilder(text?.Length ?? 0);
        var marks = 0;
        var newlines = 0;
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks > MaxMarksInARow || !IsKept(rune, category))
                continue;
            if (keepLines && rune.Value == '\n')
            {
                BreakLine(cleaned, ref newlines);
            }
            else if (IsBlank(category))
            {
                if (cleaned.Length > 0 && !char.IsWhiteSpace(cleaned[^1]))
                    cleaned.Append(' ');
            }
            else
            {
                newlines = 0;
                cleaned.Append(rune.ToString());
            }
        }

        return HasVisible(cleaned) ? cleaned.ToString().Trim().Normalize(NormalizationForm.FormC) : "";
    }

    private static void BreakLine(StringBuilder cleaned, ref int newlines)
    {
        if (newlines++ >= MaxLineBreaksInARow)
            return;
        if (cleaned.Length > 0 && cleaned[^1] == ' ')
            cleaned.Length--;
        cleaned.Append('\n');
    }

    // The control characters still here are tab, carriage return and line feed.
    private static bool IsBlank(UnicodeCategory category) =>
        category is UnicodeCategory.Control or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsKept(Rune rune, UnicodeCategory category) => category switch
    {
        UnicodeCategory.Control => rune.Value is '\t' or '\r' or '\n',
        // Joiners and direction marks are needed by Persian, Indic scripts and emoji; embeddings, overrides and isolates are not.
        UnicodeCategory.Format => rune.Value is 0x200C or 0x200D or 0x200E or 0x200F or 0x061C or (>= 0xE0020 and <= 0xE007F),
        UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => false,
        _ => rune.Value != 0xFFFD,
    };

    private static bool HasVisible(StringBuilder text)
    {
        foreach (var rune in text.ToString().EnumerateRunes())
        {
            if (IsVisible(rune))
                return true;
        }

        return false;
    }

    private static bool IsVisible(Rune rune) => rune.Value switch
    {
        '\n' => false,
        // Letters and symbols that are drawn as nothing: Hangul fillers, the empty Braille pattern, blank hieroglyphs, a note head without ink.
        0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x13441 or 0x13442 or 0x1D159 => false,
        _ => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.NonSpacingMark),
    };
}
