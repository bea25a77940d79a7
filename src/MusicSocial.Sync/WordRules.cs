using System.Globalization;
using System.Text;

namespace MusicSocial.Sync;

/// <summary>A word a room does not want to read.</summary>
/// <param name="Word">One or more words, 1 to <see cref="RoomLimits.WordLength"/> code points.</param>
/// <param name="Action">What becomes of a message with it.</param>
public sealed record WordRule(string Word, WordAction Action);

/// <summary>
/// Finds the words of a room's rules in what is said. Case, width, accents and invisible characters make no difference; in scripts that put blanks between words
/// only whole words are found, so that a rule does not hit a longer word by chance.
/// </summary>
public static class WordRules
{
    /// <summary>What a message becomes: the words to be masked as asterisks. Refuses <c>room.word_refused</c>.</summary>
    public static string Apply(IEnumerable<WordRule> rules, string text)
    {
        FoldedText? folded = null;
        foreach (var rule in rules.OrderByDescending(rule => rule.Action))
        {
            folded ??= FoldedText.Of(text);
            foreach (var (start, length) in folded.Find(FoldedText.Of(rule.Word).Text))
            {
                if (rule.Action == WordAction.Refuse)
                {
                    throw new RefusedException(RoomRefusals.WordRefused);
                }

                text = Mask(text, start, length);
            }
        }

        return text;
    }

    /// <summary>Whether anything of a word is left to be found.</summary>
    public static bool IsFindable(string? word) =>
        word is not null && word.EnumerateRunes().Count() <= RoomLimits.WordLength && FoldedText.Of(word).Text.Any(char.IsLetterOrDigit);

    // Masked char by char, so that places found before stay right.
    private static string Mask(string text, int start, int length) =>
        string.Concat(text.AsSpan(0, start), new string('*', length), text.AsSpan(start + length));

    /// <summary>A text without what makes no difference, and where each of its characters came from.</summary>
    private sealed record FoldedText(string Text, IReadOnlyList<(int Start, int End)> Origins)
    {
        public static FoldedText Of(string text)
        {
            var folded = new StringBuilder(text.Length);
            var origins = new List<(int, int)>(text.Length);
            var start = 0;
            foreach (var rune in text.EnumerateRunes())
            {
                var end = start + rune.Utf16SequenceLength;
                foreach (var part in rune.ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes())
                {
                    if (IsNoise(part))
                    {
                        continue;
                    }

                    var lower = Rune.ToLowerInvariant(part).ToString();
                    folded.Append(lower);
                    origins.AddRange(Enumerable.Repeat((start, end), lower.Length));
                }

                start = end;
            }

            return new(folded.ToString(), origins);
        }

        public IEnumerable<(int Start, int Length)> Find(string word)
        {
            for (var at = Text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = Text.IndexOf(word, at + 1, StringComparison.Ordinal))
            {
                var end = at + word.Length;
                if (IsEdge(at - 1, word[0]) && IsEdge(end, word[^1]))
                {
                    yield return (Origins[at].Start, Origins[end - 1].End - Origins[at].Start);
                }
            }
        }

        // Between two letters there is no edge, except in scripts written without blanks.
        private bool IsEdge(int outside, char own) =>
            outside < 0 || outside >= Text.Length || !char.IsLetterOrDigit(Text[outside]) || IsUnspaced(own);

        private static bool IsUnspaced(char letter) => letter is (>= '\u0E00' and <= '\u0EFF') or (>= '\u3040' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7AF');

        private static bool IsNoise(Rune rune) =>
            Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control
            || rune.Value is (>= 0x0300 and <= 0x036F) or (>= 0x064B and <= 0x0652) or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF)
                or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xFE20 and <= 0xFE2F);
    }
}
