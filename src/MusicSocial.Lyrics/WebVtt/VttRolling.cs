using System.Text;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.WebVtt;

/// <summary>Captions made by a machine roll: each cue holds the line that was sung before and the line being sung, and only the second has times in it.</summary>
internal sealed class VttRolling
{
    /// <summary>How the words of such captions begin, behind their stamp.</summary>
    private const string Word = "><c>";

    private HashSet<string> _before = [];
    private HashSet<string> _now = [];

    public static bool IsIn(ReadOnlySpan<char> text) => text.Contains(Word, StringComparison.Ordinal);

    public void Begin() => (_before, _now) = (_now, []);

    /// <summary>Whether the cue before showed this line.</summary>
    public bool IsShown(ReadOnlySpan<char> line)
    {
        var plain = Blanks.Collapse(VisibleText.Resolve(WithoutTags(line)));
        if (plain.Length == 0)
        {
            return true;
        }

        _now.Add(plain);
        return _before.Contains(plain) && !line.Contains(Word, StringComparison.Ordinal);
    }

    private static string WithoutTags(ReadOnlySpan<char> line)
    {
        var text = new StringBuilder(line.Length);
        var inTag = false;
        foreach (var character in line)
        {
            inTag = character == '<' || (inTag && character != '>');
            if (!inTag && character != '>')
            {
                text.Append(character);
            }
        }

        return text.ToString();
    }
}
