using System.Collections.Immutable;
using MusicSocial.Lyrics.Drafting;

namespace MusicSocial.Lyrics.Ttml;

/// <summary>
/// The text of one line while it is being read: pieces from spans, blanks and breaks, put together once it is known
/// whether blanks stand inside the spans.
/// </summary>
/// <remarks>
/// Only XML's four blanks collapse; U+3000 is content. Pretty-printed documents have newlines between spans: they mean
/// a blank, unless the spans carry their own. A hard break is <c>\n</c>.
/// </remarks>
internal sealed class TtmlText
{
    private const string XmlBlanks = " \t\r\n";

    private readonly List<Piece> _pieces = [];
    private bool _spansEndWithBlank;

    private enum Kind
    {
        Text,
        Blank,
        Newline,
        Break,
    }

    public bool IsEmpty => !_pieces.Exists(piece => piece.Kind == Kind.Text);

    /// <summary>Takes a run of text of a span, as it stands in the document.</summary>
    public void Add(string text, TtmlSpan span)
    {
        var words = text.AsSpan().Trim(XmlBlanks);
        if (words.IsEmpty)
        {
            AddBlank(text, span);
            return;
        }

        AddBlank(text.AsSpan()[..text.IndexOf(words[0])], span);
        _pieces.Add(new Piece(Kind.Text, words.Length == text.Length ? text : words.ToString(), span));
        AddBlank(text.AsSpan()[(text.LastIndexOf(words[^1]) + 1)..], span);
        _spansEndWithBlank |= span.IsInner && XmlBlanks.Contains(text[^1]);
    }

    public void AddBreak() => _pieces.Add(new Piece(Kind.Break, "\n", TtmlSpan.Line));

    /// <summary>Puts the line together; without words where no span has a time.</summary>
    public ImmutableArray<LyricWord> Build(out string text)
    {
        var line = new TimedText();
        var blankPending = false;
        var current = TtmlSpan.Line;
        foreach (var piece in _pieces)
        {
            switch (piece.Kind)
            {
                case Kind.Blank:
                    blankPending = true;
                    continue;
                case Kind.Newline:
                    blankPending |= !_spansEndWithBlank;
                    continue;
                case Kind.Text when blankPending && !line.IsEmpty && line.Last != '\n':
                    line.Append(' ');
                    break;
            }

            blankPending = false;
            if (piece.Span.StartMs is { } startMs && piece.Span != current)
            {
                line.BeginWord(startMs, piece.Span.EndMs);
                current = piece.Span;
            }

            AppendCollapsed(line, piece.Text);
        }

        return line.Take(out text);
    }

    private void AddBlank(ReadOnlySpan<char> blanks, TtmlSpan span)
    {
        if (!blanks.IsEmpty)
        {
            var kind = !span.IsInner && blanks.ContainsAny('\r', '\n') ? Kind.Newline : Kind.Blank;
            _pieces.Add(new Piece(kind, "", span));
        }
    }

    private static void AppendCollapsed(TimedText line, string words)
    {
        if (words == "\n")
        {
            line.Append('\n');
            return;
        }

        var rest = words.AsSpan();
        for (var blank = rest.IndexOfAny(XmlBlanks); blank >= 0; blank = rest.IndexOfAny(XmlBlanks))
        {
            line.Append(rest[..blank]);
            line.Append(' ');
            rest = rest[blank..].TrimStart(XmlBlanks);
        }

        line.Append(rest);
    }

    private readonly record struct Piece(Kind Kind, string Text, TtmlSpan Span);
}
