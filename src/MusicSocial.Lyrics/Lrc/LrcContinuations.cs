using System.Collections.Immutable;
using MusicSocial.Lyrics.Drafting;

namespace MusicSocial.Lyrics.Lrc;

/// <summary>
/// Lines without a time directly under a timed one: its second half or its translation, and the words themselves where the time stands on a line of its own.
/// A file with headings such as <c>[Verse 1]</c> has remarks between its lines, which are not sung.
/// </summary>
internal sealed class LrcContinuations
{
    /// <summary>Lines kept under one time; what is longer is no line of a song.</summary>
    private const int MostLines = 8;

    private readonly List<(int First, int Count, string Text, int Number)> _pending = [];
    private int _first;
    private int _count;
    private int _lines;

    /// <summary>Whether the file has headings.</summary>
    public bool HasHeadings { get; set; }

    /// <summary>The lines that what follows continues: of several stamps, each.</summary>
    public void Follow(int first, int count) => (_first, _count, _lines) = (first, count, 0);

    /// <summary>Nothing that follows continues a line.</summary>
    public void End() => _count = 0;

    /// <summary>Whether the text was taken as the continuation of a timed line.</summary>
    public bool TryTake(string text, int number)
    {
        if (_count == 0 || text is ['[', ..] || _lines++ >= MostLines)
        {
            return false;
        }

        _pending.Add((_first, _count, text, number));
        return true;
    }

    public void AttachTo(SheetDraft draft)
    {
        foreach (var (first, count, text, number) in _pending)
        {
            for (var index = first; index < first + count && (!HasHeadings || draft.Timed[index].Text.Length == 0); index++)
            {
                draft.Replace(index, Continued(draft.Timed[index], text));
            }

            if (HasHeadings && !draft.Timed[first].Text.EndsWith(text, StringComparison.Ordinal))
            {
                draft.Warn(LyricWarnings.UntimedLine, number);
            }
        }
    }

    private static LyricLine Continued(LyricLine line, string text)
    {
        var broken = line.Text.Length == 0 ? text : $"\n{text}";
        return line with
        {
            Text = line.Text + broken,
            Words = line.Words is [.., var last] ? line.Words.SetItem(line.Words.Length - 1, last with { Text = last.Text + broken }) : ImmutableArray<LyricWord>.Empty,
        };
    }
}
