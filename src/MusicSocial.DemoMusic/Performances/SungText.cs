using System.Text;

namespace MusicSocial.DemoMusic.Performances;

/// <summary>A written word and how many syllables it has.</summary>
internal sealed record WrittenWord(string Text, int Syllables);

/// <summary>Splits a verse line into words and counts their syllables.</summary>
internal static class SungText
{
    private const char SyllableBreak = '·';
    private const char WordBreak = '=';
    private const char InnerBlank = '_';

    public static IReadOnlyList<WrittenWord> Parse(string line)
    {
        var words = new List<WrittenWord>();
        var text = new StringBuilder();
        var syllables = 1;
        foreach (var letter in line.Trim())
        {
            switch (letter)
            {
                case SyllableBreak:
                    syllables++;
                    break;
                case InnerBlank:
                    text.Append(' ');
                    break;
                case WordBreak or ' ':
                    if (letter == ' ')
                        text.Append(' ');
                    words.Add(new WrittenWord(text.ToString(), syllables));
                    text.Clear();
                    syllables = 1;
                    break;
                default:
                    text.Append(letter);
                    break;
            }
        }
        words.Add(new WrittenWord(text.ToString(), syllables));
        return words;
    }
}
