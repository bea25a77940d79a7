using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace MusicSocial.Lyrics.Drafting;

/// <summary>
/// The text of one line while it is being read, with marks where its words begin. What stands before the first mark
/// belongs to the first word. Starts never go back; ends never precede starts; a word without an end ends where the next starts.
/// </summary>
internal sealed class TimedText
{
    private readonly StringBuilder _text = new();
    private readonly List<Mark> _marks = [];

    public bool IsEmpty => _text.Length == 0;

    public char Last => _text.Length == 0 ? '\0' : _text[^1];

    public void Append(char character) => _text.Append(character);

    public void Append(ReadOnlySpan<char> text) => _text.Append(text);

    /// <summary>Begins a word with the text that is appended next.</summary>
    public void BeginWord(int startMs, int? endMs)
    {
        EndWord(startMs);
        var start = _marks.Count == 0 ? startMs : int.Max(startMs, _marks[^1].StartMs);
        _marks.Add(new Mark(_marks.Count == 0 ? 0 : _text.Length, start, endMs));
    }

    /// <summary>Says when the word in progress ends, if it does not know already.</summary>
    public void EndWord(int endMs)
    {
        if (_marks.Count > 0 && _marks[^1].EndMs is null)
        {
            _marks[^1] = _marks[^1] with { EndMs = endMs };
        }
    }

    /// <summary>Hands out the words and their joined text, without a break at the end, and forgets them.</summary>
    public ImmutableArray<LyricWord> Take(out string text)
    {
        if (Last == '\n')
        {
            _text.Length--;
        }

        text = _text.ToString();
        var words = new LyricWord[_marks.Count];
        for (var index = 0; index < words.Length; index++)
        {
            var (at, startMs, endMs) = _marks[index];
            var next = index + 1 < words.Length ? _marks[index + 1].At : text.Length;
            var word = words.Length == 1 ? text : text[at..next];
            words[index] = new LyricWord(startMs, endMs is { } end ? int.Max(end, startMs) : null, word);
        }

        _text.Clear();
        _marks.Clear();
        return ImmutableCollectionsMarshal.AsImmutableArray(words);
    }

    private readonly record struct Mark(int At, int StartMs, int? EndMs);
}
