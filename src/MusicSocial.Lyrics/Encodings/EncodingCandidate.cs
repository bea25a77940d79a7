using System.Text;

namespace MusicSocial.Lyrics.Encodings;

/// <summary>One encoding, and how much a text decoded with it looks like a text of its languages.</summary>
internal abstract class EncodingCandidate(int codePage)
{
    private readonly Encoding _strict = CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>All that are tried; of equals the first wins.</summary>
    public static IReadOnlyList<EncodingCandidate> All { get; } =
    [
        .. Languages.Western.Select(letters => new LatinCandidate(1252, letters, preference: 0.05)),
        new LatinCandidate(1252, Languages.Icelandic), new LatinCandidate(1252, string.Concat(Languages.Western), preference: -0.1),
        new CyrillicCandidate(1251), new CyrillicCandidate(20866, preference: -0.1), new CyrillicCandidate(866, preference: -0.1),
        new LatinCandidate(1254, Languages.Turkish, preference: 0.02),
        .. Languages.CentralEuropean.Select(letters => new LatinCandidate(1250, letters)),
        .. Languages.Baltic.Select(letters => new LatinCandidate(1257, letters, preference: -0.03)),
        new GreekCandidate(), new HebrewCandidate(), new ArabicCandidate(), new ThaiCandidate(),
        new GbkCandidate(), new Big5Candidate(), new ShiftJisCandidate(), new EucJpCandidate(), new KoreanCandidate(),
    ];

    /// <summary>What decodes the bytes once this candidate has won.</summary>
    public Encoding Encoding { get; } = CodePagesEncodingProvider.Instance.GetEncoding(codePage)!;

    /// <summary>From 0 to 1; null when the bytes are no text of this encoding.</summary>
    public double? Plausibility(ReadOnlySpan<byte> bytes)
    {
        string text;
        try
        {
            text = _strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }

        var (sum, letters) = (0.0, 0);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] < 0x80)
            {
                continue;
            }

            letters++;
            sum += Score(text, at);
        }

        return letters == 0 ? null : double.Max(0, (sum / letters) + Preference);
    }

    /// <summary>Added where two candidates are nearly as good.</summary>
    protected virtual double Preference => 0;

    /// <summary>How much the character at a place, which is not ASCII, looks right there: 0 to 1.</summary>
    protected abstract double Score(string text, int at);

    /// <summary>The bytes of one character of the text.</summary>
    protected (byte Lead, byte Trail) BytesOf(char character)
    {
        Span<byte> bytes = stackalloc byte[4];
        return char.IsSurrogate(character) || _strict.GetBytes([character], bytes) is not 2 ? default : (bytes[0], bytes[1]);
    }

    protected static char Before(string text, int at) => at == 0 ? ' ' : text[at - 1];

    protected static char After(string text, int at) => at + 1 == text.Length ? ' ' : text[at + 1];

    /// <summary>How much a mark that is no letter looks right: between two letters it does not.</summary>
    protected static double? Punctuation(string text, int at) => text[at] switch
    {
        '’' or '·' or '\u00ad' => 0.6,
        var mark when "«»“”„‘‚…–—№©®°\u00a0¿¡€£´".Contains(mark, StringComparison.Ordinal) => char.IsLetter(Before(text, at)) && char.IsLetter(After(text, at)) ? 0.1 : 0.6,
        _ => null,
    };

    /// <summary>Whether a Latin letter stands beside it: other alphabets have words of their own.</summary>
    protected static bool IsAmongLatin(string text, int at) => char.IsAsciiLetter(Before(text, at)) || char.IsAsciiLetter(After(text, at));

    /// <summary>The word around a place, as far as is needed to judge it.</summary>
    protected static ReadOnlySpan<char> WordAround(string text, int at)
    {
        const int Reach = 12;
        var (first, end) = (at, at + 1);
        while (first > 0 && at - first < Reach && char.IsLetter(text[first - 1]))
        {
            first--;
        }

        while (end < text.Length && end - at < Reach && char.IsLetter(text[end]))
        {
            end++;
        }

        return text.AsSpan(first, end - first);
    }
}
