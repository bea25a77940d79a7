using System.Collections.Immutable;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Drafting;

/// <summary>Gives words the blanks of the line they make, for sources that write words without them: a blank belongs to the word before it.</summary>
internal static class WordBlanks
{
    /// <summary>The words, their texts joined being the line; null when they are not the words of this line.</summary>
    public static ImmutableArray<LyricWord>? Of(string line, ImmutableArray<LyricWord> words)
    {
        var fitted = ImmutableArray.CreateBuilder<LyricWord>(words.Length);
        var at = 0;
        foreach (var word in words)
        {
            var start = at;
            if (!TryPass(line, word.Text, ref at))
            {
                return null;
            }

            if (at > start)
            {
                fitted.Add(word with { Text = line[start..at] });
            }
        }

        return at == line.Length ? fitted.ToImmutable() : null;
    }

    private static bool TryPass(string line, string word, ref int at)
    {
        foreach (var character in word)
        {
            if (Blanks.IsBlank(character))
            {
                continue;
            }

            PassBlanks(line, ref at);
            if (at == line.Length || line[at] != character)
            {
                return false;
            }

            at++;
        }

        PassBlanks(line, ref at);
        return true;
    }

    private static void PassBlanks(string line, ref int at)
    {
        while (at < line.Length && Blanks.IsBlank(line[at]))
        {
            at++;
        }
    }
}
