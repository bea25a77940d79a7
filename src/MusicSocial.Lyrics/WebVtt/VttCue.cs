using System.Net;
using System.Text;
using MusicSocial.Lyrics.Drafting;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.WebVtt;

/// <summary>The text of one cue: tags are taken off, voices and classes understood, inline stamps begin words.</summary>
/// <param name="isRolling">Whether each cue shows the line before it once more, as automatic captions do.</param>
internal sealed class VttCue(bool isRolling)
{
    private readonly WordRun _words = new();
    private readonly StringBuilder _piece = new();
    private readonly VttRolling _rolling = new();
    private int _startMs;
    private int? _wordMs;
    private bool _worded;
    private string? _voice;
    private bool _background;
    private bool _annotation;

    public void Begin(int startMs)
    {
        _startMs = startMs;
        _wordMs = startMs;
        _worded = false;
        _voice = null;
        _background = false;
        _annotation = false;
        _rolling.Begin();
    }

    public void Take(ReadOnlySpan<char> line)
    {
        if (isRolling && _rolling.IsShown(line))
        {
            return;
        }

        _words.Break();
        while (!line.IsEmpty)
        {
            var open = line.IndexOf('<');
            Append(open < 0 ? line : line[..open]);
            line = open < 0 ? [] : line[open..];
            var close = line.IndexOf('>');
            if (close < 0)
            {
                // An unclosed tag swallows nothing: what looks like markup and is none is text.
                Append(line);
                break;
            }

            TakeTag(line[1..close]);
            line = line[(close + 1)..];
        }

        Flush();
    }

    /// <summary>Null for a cue that says nothing new.</summary>
    public LyricLine? End(int endMs)
    {
        var words = _words.Take(out var text);
        return isRolling && text.Length == 0 ? null : new LyricLine
        {
            StartMs = _startMs,
            EndMs = endMs,
            Text = text,
            Words = _worded ? words : [],
            Agent = _voice,
            Role = _background ? LyricLine.Background : null,
        };
    }

    private void TakeTag(ReadOnlySpan<char> tag)
    {
        if (CueClock.TryRead(tag, out var stampMs))
        {
            Flush();
            _worded = true;
            _words.EndLast(stampMs);
            _wordMs = stampMs;
        }
        else if (tag is ['v', ' ' or '.' or '\t', ..])
        {
            var annotation = tag.IndexOfAny(' ', '\t');
            var name = annotation < 0 ? "" : Blanks.Collapse(WebUtility.HtmlDecode(tag[annotation..].ToString()));
            _voice ??= name.Length > 0 ? name : null;
        }
        else if (tag is "c.bg")
        {
            _background = true;
        }
        else if (tag is "rt" or "/rt" or "/ruby")
        {
            _annotation = tag is "rt";
        }
    }

    /// <summary>How a word is read (ruby) is no part of what is sung.</summary>
    private void Append(ReadOnlySpan<char> text)
    {
        if (!_annotation)
        {
            _piece.Append(text);
        }
    }

    /// <summary>Gives the text so far to the word that a stamp has begun, or to the one before if none has since.</summary>
    private void Flush()
    {
        var text = VisibleText.Resolve(_piece.ToString());
        _piece.Clear();
        if (_wordMs is not { } startMs || Blanks.Trim(text).IsEmpty)
        {
            _words.Continue(text);
            return;
        }

        _words.Add(startMs, null, text);
        _wordMs = null;
    }
}
