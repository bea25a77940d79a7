using System.Buffers;

namespace MusicSocial.Lyrics.Encodings;

/// <summary>An alphabet that is written apart from Latin letters, upper case at the beginning of words or throughout.</summary>
internal abstract class AlphabetCandidate(int codePage, string frequent, string usual, string vowels, double preference = 0) : EncodingCandidate(codePage)
{
    protected override double Preference => preference;

    protected override double Score(string text, int at)
    {
        if (Punctuation(text, at) is { } mark)
        {
            return mark;
        }

        var (before, letter, after) = (Before(text, at), text[at], After(text, at));
        var lower = char.ToLowerInvariant(letter);
        var score = frequent.Contains(lower, StringComparison.Ordinal) ? 1 : usual.Contains(lower, StringComparison.Ordinal) ? 0.75 : 0.05;
        if (IsAmongLatin(text, at))
        {
            return score * 0.3;
        }

        var word = WordAround(text, at);
        var spoken = word.Length < 3 || HasVowel(word) ? 1 : 0.6;
        return score * spoken * (char.IsUpper(letter) ? UpperCase(before, after) : 1);
    }

    private bool HasVowel(ReadOnlySpan<char> word)
    {
        foreach (var letter in word)
        {
            if (vowels.Contains(char.ToLowerInvariant(letter), StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static double UpperCase(char before, char after) =>
        char.IsLower(before) ? 0.05 : char.IsUpper(before) || char.IsUpper(after) ? 0.85 : 1;
}

internal sealed class CyrillicCandidate(int codePage, double preference = 0)
    : AlphabetCandidate(codePage, "оеаинтсрвлкмдпу", "яыьгзбчйхжшюцщэфъёіїєґўјљњћђџ", "аеиоуыэюяёіїєў", preference);

internal sealed class GreekCandidate() : AlphabetCandidate(1253, "αοιετσνηυρπκμλς", Accented + "ϊϋθγδβφχξζψω", "αεηιουω" + Accented)
{
    private const string Accented = "άέήίόύώ";

    private static readonly SearchValues<char> Accents = SearchValues.Create(Accented);

    protected override double Score(string text, int at) => (text[at], char.IsLetter(After(text, at))) switch
    {
        ('ς', true) or ('σ', false) => 0,
        // One accent a word.
        var (letter, _) when Accented.Contains(letter, StringComparison.Ordinal) && WordAround(text, at) is var word && word.IndexOfAny(Accents) != word.LastIndexOfAny(Accents) => 0,
        _ => base.Score(text, at),
    };
}

internal sealed class HebrewCandidate() : EncodingCandidate(1255)
{
    private const string Finals = "םןךףץ";
    private const string Mids = "מנכפצ";

    protected override double Score(string text, int at)
    {
        if (IsAmongLatin(text, at))
        {
            return 0.1;
        }

        var wordGoesOn = char.IsLetter(After(text, at));
        return text[at] switch
        {
            var letter when Finals.Contains(letter, StringComparison.Ordinal) => wordGoesOn ? 0 : 1,
            var letter when Mids.Contains(letter, StringComparison.Ordinal) => wordGoesOn ? 1 : 0.2,
            >= 'א' and <= 'ת' => 0.95,
            >= '\u05b0' and <= '\u05c2' => Before(text, at) is >= 'א' and <= 'ת' ? 0.7 : 0,
            _ => Punctuation(text, at) ?? 0,
        };
    }
}

internal sealed class ArabicCandidate() : EncodingCandidate(1256)
{
    protected override double Score(string text, int at) => text[at] switch
    {
        _ when IsAmongLatin(text, at) => 0.1,
        >= '\u064b' and <= '\u0652' => IsArabic(Before(text, at)) ? 0.7 : 0,
        'ة' or 'ى' => IsArabic(After(text, at)) ? 0.1 : 1,
        var letter when "اليونمر".Contains(letter, StringComparison.Ordinal) => 1,
        var letter when "تبهدعسكفقحأشجص".Contains(letter, StringComparison.Ordinal) => 0.8,
        var letter when IsArabic(letter) => 0.6,
        '،' or '؟' or '؛' => 0.7,
        _ => Punctuation(text, at) ?? 0,
    };

    private static bool IsArabic(char letter) => letter is >= '\u0621' and <= '\u06d2';
}

internal sealed class ThaiCandidate() : EncodingCandidate(874)
{
    protected override double Preference => -0.05;

    protected override double Score(string text, int at) => text[at] switch
    {
        _ when IsAmongLatin(text, at) => 0.1,
        'ั' or (>= 'ิ' and <= 'ฺ') or (>= '็' and <= '๎') => IsConsonant(Before(text, at)) || Before(text, at) is >= 'ั' and <= '๎' ? 1 : 0,
        >= 'เ' and <= 'ไ' => IsConsonant(After(text, at)) ? 1 : 0,
        'า' or 'ะ' or 'ำ' => IsConsonant(Before(text, at)) || Before(text, at) is >= '็' and <= '๎' ? 1 : 0.1,
        var letter when "กขคงจชดตทนบปพมยรลวสหอฉฝฟถ".Contains(letter, StringComparison.Ordinal) => 0.75,
        var letter => IsConsonant(letter) || letter is 'ๆ' ? 0.3 : 0,
    };

    private static bool IsConsonant(char letter) => letter is >= 'ก' and <= 'ฮ';
}

/// <summary>A language whose further letters stand among Latin ones.</summary>
internal sealed class LatinCandidate(int codePage, string letters, double preference = 0) : EncodingCandidate(codePage)
{
    protected override double Preference => preference;

    protected override double Score(string text, int at)
    {
        if (Punctuation(text, at) is { } mark)
        {
            return mark;
        }

        var (letter, after) = (text[at], After(text, at));
        var lower = char.ToLowerInvariant(letter);
        if (!letters.Contains(lower, StringComparison.Ordinal) || (char.IsUpper(letter) && char.IsLower(Before(text, at))))
        {
            return 0.05;
        }

        if (lower is 'þ')
        {
            return "aeiouyáéíóúýæörjv".Contains(char.ToLowerInvariant(after), StringComparison.Ordinal) ? 0.9 : 0;
        }

        // Words of these languages are Latin letters for the most part.
        return IsMostlyLatin(WordAround(text, at)) ? 0.9 : 0.2;
    }

    private static bool IsMostlyLatin(ReadOnlySpan<char> word)
    {
        var further = 0;
        foreach (var letter in word)
        {
            further += char.IsAscii(letter) ? 0 : 1;
        }

        // A word may be one letter; a polski "żółć" is the longest of its kind.
        return word.Length == 1 || (further < word.Length && further <= (word.Length / 2) + 1) || word.Length == 4 && further == 4 && word.Contains("ł", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>The letters beyond ASCII of languages, by the encoding that was made for them.</summary>
internal static class Languages
{
    public static readonly string[] Western = ["éèêàâçôùûîïëœæ", "äöüßé", "áéíóúñüºª", "áâãàçéêíóôõú", "åäöøæé", "àèéìòù", "ëïéèüöä"];
    public static readonly string[] CentralEuropean = ["áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "ąćęłńóśźż", "áéíóöőúüű", "čćđšž", "ăâîşţ"];
    public static readonly string[] Baltic = ["ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"];
    public const string Icelandic = "áéíóúýþæöð";
    public const string Turkish = "çğıöşüâîûİ";
}
