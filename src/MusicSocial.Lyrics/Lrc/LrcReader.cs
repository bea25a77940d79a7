using MusicSocial.Lyrics.Drafting;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Lrc;

/// <summary>LRC in all its dialects, line by line: plain, enhanced (A2), ESLyric, Walaoke and LRCX translations.</summary>
internal sealed class LrcReader
{
    private const string BackgroundMark = "[bg:";

    private readonly SheetDraft _draft = new();
    private readonly WordRun _words = new();
    private readonly List<int> _stamps = [];
    private readonly LrcTranslations _translations = new();
    private readonly LrcContinuations _continuations = new();

    public static LyricSheet Read(ReadOnlySpan<char> text)
    {
        var reader = new LrcReader();
        var lines = new PhysicalLines(text);
        while (lines.MoveNext())
        {
            reader.Take(Blanks.Trim(VisibleText.Resolve(lines.Current)), lines.Number);
        }

        reader._continuations.AttachTo(reader._draft);
        reader._translations.AttachTo(reader._draft);
        return reader._draft.Build();
    }

    private void Take(ReadOnlySpan<char> line, int number)
    {
        if (line.IsEmpty)
        {
            _continuations.End();
            return;
        }

        var text = TakeStamps(line);
        var first = _draft.Timed.Length;
        if (_stamps.Count > 0)
        {
            TakeTimed(text, number);
            _continuations.Follow(first, _draft.Timed.Length - first);
        }
        else if (line.StartsWith(BackgroundMark, StringComparison.OrdinalIgnoreCase) && line[^1] == ']')
        {
            TakeBackground(line[BackgroundMark.Length..^1], number);
        }
        else if (LrcStamp.TryRead(line, '<', '>', out var firstWordMs, out _))
        {
            _stamps.Add(firstWordMs);
            TakeTimed(line, number);
            _continuations.Follow(first, _draft.Timed.Length - first);
        }
        else if (!LrcTags.TryTake(line, number, _draft))
        {
            TakeUntimed(line, number);
        }
    }

    private void TakeUntimed(ReadOnlySpan<char> line, int number)
    {
        _continuations.HasHeadings |= line is ['[', .., ']'];
        if (!_continuations.TryTake(Blanks.Collapse(line), number))
        {
            _continuations.End();
            _draft.AddUntimed(line, number);
        }
    }

    private ReadOnlySpan<char> TakeStamps(ReadOnlySpan<char> line)
    {
        _stamps.Clear();
        while (LrcStamp.TryRead(line, '[', ']', out var stamp, out var length))
        {
            _stamps.Add(stamp);
            line = Blanks.TrimStart(line[length..]);
        }

        return line;
    }

    private void TakeTimed(ReadOnlySpan<char> text, int number)
    {
        if (LrcTranslations.TrySplit(text, out var language, out var translated))
        {
            _translations.Add(_stamps, language, Blanks.Collapse(translated), number);
            return;
        }

        var agent = LrcSinger.Take(ref text);
        var line = Worded(text) with { Agent = agent };
        foreach (var stamp in _stamps)
        {
            if (stamp != line.StartMs)
            {
                _draft.Add(line.ShiftedBy(stamp - line.StartMs.GetValueOrDefault()), number);
            }
        }

        // The stamp that the words were written for comes last, so that background vocals find it.
        foreach (var stamp in _stamps)
        {
            if (stamp == line.StartMs)
            {
                _draft.Add(line, number);
            }
        }
    }

    /// <summary>The line at the stamp its words were written for.</summary>
    private LyricLine Worded(ReadOnlySpan<char> text)
    {
        if (LrcWords.TryFindMark(text, out var firstMs))
        {
            var start = StampOf(firstMs);
            var endMs = LrcWords.TakeEnd(ref text, firstMs);
            LrcWords.TakeMarked(text, start, _words);
            if (endMs is { } end)
            {
                _words.EndLast(end);
            }

            return new LyricLine { StartMs = start, Words = _words.Take(out var joined), Text = joined };
        }

        if (LrcWords.AreBetweenBrackets(text, out firstMs) && firstMs >= StampOf(firstMs))
        {
            var start = StampOf(firstMs);
            LrcWords.TakeBetweenBrackets(text, start, _words);
            return new LyricLine { StartMs = start, Words = _words.Take(out var joined), Text = joined };
        }

        return new LyricLine { StartMs = _stamps[0], Text = Blanks.Collapse(text) };
    }

    /// <summary>Of several stamps, the words belong to the last one before them.</summary>
    private int StampOf(int firstMs)
    {
        var nearest = -1;
        foreach (var stamp in _stamps)
        {
            nearest = stamp <= firstMs ? int.Max(nearest, stamp) : nearest;
        }

        return nearest < 0 ? _stamps[0] : nearest;
    }

    private void TakeBackground(ReadOnlySpan<char> text, int number)
    {
        text = Blanks.TrimStart(text);
        var agent = LrcSinger.Take(ref text);
        if (!LrcWords.TryFindMark(text, out var start))
        {
            _draft.Warn(LyricWarnings.UntimedBackground, number);
            return;
        }

        LrcWords.TakeMarked(text, start, _words);
        var words = _words.Take(out var joined);
        var parent = _draft.Timed is [.., var last] ? last.Agent : null;
        _draft.Add(
            new LyricLine { StartMs = start, Words = words, Text = joined, Role = LyricLine.Background, Agent = agent ?? parent },
            number);
    }
}
