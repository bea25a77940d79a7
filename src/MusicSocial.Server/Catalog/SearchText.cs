using System.Globalization;
using System.Text;

namespace MusicSocial.Server.Catalog;

/// <summary>
/// Text as search compares it: lower case, without diacritics, compatibility forms unified. "Frère" and "FRERE" fold to the same.
/// </summary>
internal static class SearchText
{
    /// <summary>Longest text worth searching; the rest of a runaway tag is ignored.</summary>
    public const int MaxLength = 300;

    /// <summary>Words indexed of one track.</summary>
    private const int MaxWords = 96;

    /// <summary>Longest word indexed, in characters.</summary>
    private const int MaxWordLength = 24;

    /// <summary>The folded text: words separated by single blanks; of a text without letters and digits, its signs.</summary>
    public static string Fold(string text) => string.Join(' ', Words(text) is { Count: > 0 } words ? words : SearchSigns.Of(text));

    /// <summary>Everything a text is found by: its words, its signs, names run together, and the words in Latin letters.</summary>
    public static List<string> IndexWords(string text)
    {
        var words = Words(text);
        return [.. words, .. SearchSigns.Of(text), .. SpokenNames.Of(text), .. SpokenNames.InLatin(words)];
    }

    /// <summary>The text with lone surrogates replaced, which otherwise keep it from being normalised: it was cut or is corrupt.</summary>
    public static string WellFormed(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));

    /// <summary>The folded words of a text in order. Scripts written without blanks (Chinese, Japanese) give one word per run.</summary>
    public static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var inUnspaced = false;
        foreach (var rune in Letters(text))
        {
            var unspaced = IsUnspaced(rune);
            if (word.Length > 0 && (rune.Value == ' ' || unspaced != inUnspaced))
                Close();
            if (rune.Value == ' ')
                continue;
            inUnspaced = unspaced;
            word.Append(rune.ToString());
        }

        Close();
        return words;

        void Close()
        {
            if (word.Length > 0)
                words.Add(word.ToString().Normalize(NormalizationForm.FormC));
            word.Clear();
        }
    }

    /// <summary>What the word index holds for these folded words: each word, and unspaced runs from every character on.</summary>
    public static IReadOnlyCollection<string> IndexEntries(IEnumerable<string> words)
    {
        var entries = new HashSet<string>();
        foreach (var word in words)
        {
            var starts = IsUnspaced(word) ? word.EnumerateRunes().Select(rune => rune.Utf16SequenceLength).ToArray() : [word.Length];
            for (int i = 0, start = 0; i < starts.Length && entries.Count < MaxWords; start += starts[i++])
                entries.Add(Cut(word[start..]));
        }

        return entries;
    }

    /// <summary>A word no longer than the index keeps; never half a surrogate pair.</summary>
    public static string Cut(string word) =>
        word.Length <= MaxWordLength ? word : word[..(char.IsHighSurrogate(word[MaxWordLength - 1]) ? MaxWordLength - 1 : MaxWordLength)];

    /// <summary>Whether a folded word is of a script written without blanks, so that it is found anywhere in a run.</summary>
    public static bool IsUnspaced(string word) => Rune.TryGetRuneAt(word, 0, out var rune) && IsUnspaced(rune);

    private static IEnumerable<Rune> Letters(string text)
    {
        var head = text.Length <= MaxLength ? text : text[..MaxLength];
        foreach (var rune in WellFormed(head).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (IsDropped(rune))
                continue;
            if (Spelling(rune) is { } spelling)
            {
                foreach (var letter in spelling.EnumerateRunes())
                    yield return letter;
            }
            else
            {
                yield return IsWordRune(rune) ? Rune.ToLowerInvariant(rune) : new Rune(' ');
            }
        }
    }

    // Diacritics of alphabets and vowel points; marks that carry meaning (Indic vowels, Japanese voicing) stay.
    private static bool IsDropped(Rune rune) => rune.Value is
        (>= 0x0300 and <= 0x036F) or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF) or
        (>= 0xFE20 and <= 0xFE2F) or (>= 0x064B and <= 0x0652) or 0x0670 or 0x0640 or (>= 0x0591 and <= 0x05C7) or
        '\'' or 0x2019 or 0x02BC or 0x00AD;

    private static string? Spelling(Rune rune) => rune.Value switch
    {
        'ß' or 'ẞ' => "ss",
        'ø' or 'Ø' => "o",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'đ' or 'Đ' or 'ð' or 'Ð' => "d",
        'ł' or 'Ł' => "l",
        'þ' or 'Þ' => "th",
        'ı' => "i",
        _ => null,
    };

    public static bool IsWordRune(Rune rune) =>
        Rune.IsLetterOrDigit(rune) ||
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsUnspaced(Rune rune) => rune.Value is
        (>= 0x2E80 and <= 0x2FDF) or (>= 0x3005 and <= 0x3007) or (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or
        (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x1100 and <= 0x11FF) or (>= 0xAC00 and <= 0xD7FF) or
        (>= 0x0E00 and <= 0x0EFF) or (>= 0x1B000 and <= 0x1B16F) or (>= 0x20000 and <= 0x3FFFF);
}
