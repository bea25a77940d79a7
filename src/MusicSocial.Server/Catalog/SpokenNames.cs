using System.Globalization;
using System.Text;
using AnyAscii;

namespace MusicSocial.Server.Catalog;

/// <summary>The signs of a text as search keeps them: each run of signs is a word, so that "÷" and "!!!" can be found by what they are.</summary>
internal static class SearchSigns
{
    /// <summary>Begins the code of a sign: no folded word contains it, and it is no wildcard.</summary>
    private const char Mark = '§';

    private const int MaxRuns = 16;

    public static IReadOnlyList<string> Of(string text)
    {
        var runs = new List<string>();
        var run = new StringBuilder();
        var head = text.Length <= SearchText.MaxLength ? text : text[..SearchText.MaxLength];
        foreach (var rune in head.EnumerateRunes())
        {
            if (IsSign(rune))
                run.Append(Mark).Append(CultureInfo.InvariantCulture, $"{rune.Value:x4}");
            else if (!IsPartOfSign(rune))
                Close();
        }

        Close();
        return runs;

        void Close()
        {
            if (run.Length > 0 && runs.Count < MaxRuns)
                runs.Add(SearchText.Cut(run.ToString()));
            run.Clear();
        }
    }

    private static bool IsSign(Rune rune) => Rune.IsSymbol(rune) || Rune.IsPunctuation(rune);

    // Variation selectors and joiners within an emoji.
    private static bool IsPartOfSign(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
}

/// <summary>Further spellings by which names are typed: signs left out or read as letters, initials run together, other scripts in Latin letters.</summary>
internal static class SpokenNames
{
    private const int MaxInitials = 8;

    /// <summary>"AC/DC" is typed acdc, "R.E.M." rem, "P!nk" pnk and pink, "Motörhead" motoerhead.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var head = SearchText.WellFormed(text.Length <= SearchText.MaxLength ? text : text[..SearchText.MaxLength]);
        var initials = "";
        foreach (var token in head.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var words = SearchText.Words(token);
            if (words.Count > 1)
                yield return string.Concat(words);
            if (words.Count > 0 && Join(AsLetters(token)) is var read && !words.Contains(read) && read != string.Concat(words))
                yield return read;
            if (words is [{ Length: 1 } initial] && initials.Length < MaxInitials)
            {
                initials += initial;
                continue;
            }

            if (initials.Length > 1)
                yield return initials;
            initials = "";
        }

        if (initials.Length > 1)
            yield return initials;
    }

    /// <summary>Words of other scripts in Latin letters, whole and by syllable: "Земфира" is typed zemfira, "月亮" yueliang and yue liang.</summary>
    public static IEnumerable<string> InLatin(IEnumerable<string> words)
    {
        foreach (var word in words.Where(word => !Ascii.IsValid(word)))
        {
            var latin = word.Transliterate();
            if (Join(latin) is { Length: > 0 } whole)
                yield return whole;
            foreach (var syllable in Syllables(latin).Skip(1))
                yield return syllable;
        }
    }

    private static string Join(string text) => string.Concat(SearchText.Words(text));

    private static string AsLetters(string token)
    {
        var read = new StringBuilder(token.Length);
        for (var i = 0; i < token.Length; i++)
        {
            var isInside = i + 1 < token.Length || i > 0;
            read.Append(isInside ? Letter(token[i], isFirst: i == 0, isLast: i + 1 == token.Length) : token[i].ToString());
        }

        return read.ToString();
    }

    private static string Letter(char sign, bool isFirst, bool isLast) => sign switch
    {
        '!' when !isLast && !isFirst => "i",
        '$' => "s",
        '@' => "a",
        '€' when !isLast => "e",
        'ä' or 'Ä' or 'æ' or 'Æ' => "ae",
        'ö' or 'Ö' or 'ø' or 'Ø' => "oe",
        'ü' or 'Ü' => "ue",
        'å' or 'Å' => "aa",
        _ => sign.ToString(),
    };

    private static IEnumerable<string> Syllables(string latin)
    {
        var start = 0;
        for (var i = 1; i <= latin.Length; i++)
        {
            if (i < latin.Length && !char.IsAsciiLetterUpper(latin[i]))
                continue;
            if (Join(latin[start..i]) is { Length: > 0 } syllable)
                yield return syllable;
            start = i;
        }
    }
}
