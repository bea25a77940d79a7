using System.Collections.Immutable;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Drafting;

/// <summary>
/// The words of one line while it is being read. White space collapses and belongs to the word before it; a blank
/// piece is a silence that ends the word before it.
/// </summary>
internal sealed class WordRun
{
    private readonly TimedText _text = new();
    private bool _blankPending;

    /// <summary>Takes the next piece of text, blanks included.</summary>
    public void Add(int startMs, int? endMs, ReadOnlySpan<char> text)
    {
        _text.EndWord(startMs);
        _blankPending |= text.Length > 0 && Blanks.IsBlank(text[0]);
        var word = Blanks.Trim(text);
        if (word.IsEmpty)
        {
            return;
        }

        JoinPendingBlank();
        _text.BeginWord(startMs, endMs);
        Append(text);
    }

    /// <summary>Takes more text of the word in progress.</summary>
    public void Continue(ReadOnlySpan<char> text)
    {
        _blankPending |= text.Length > 0 && Blanks.IsBlank(text[0]);
        if (!Blanks.Trim(text).IsEmpty)
        {
            JoinPendingBlank();
            Append(text);
        }
    }

    /// <summary>Breaks the line on the screen; the word in progress keeps the break.</summary>
    public void Break()
    {
        _blankPending = false;
        if (!_text.IsEmpty && _text.Last != '\n')
        {
            _text.Append('\n');
        }
    }

    /// <summary>Says when the last word ends, if it does not know already.</summary>
    public void EndLast(int endMs) => _text.EndWord(endMs);

    /// <summary>Hands out the words and their joined text, and forgets them.</summary>
    public ImmutableArray<LyricWord> Take(out string text)
    {
        _blankPending = false;
        return _text.Take(out text);
    }

    private void Append(ReadOnlySpan<char> text)
    {
        _text.Append(Blanks.CollapsedSpan(text));
        _blankPending = Blanks.IsBlank(text[^1]);
    }

    private void JoinPendingBlank()
    {
        if (_blankPending && !_text.IsEmpty && _text.Last != '\n')
        {
            _text.Append(' ');
        }

        _blankPending = false;
    }
}
