using System.Collections.Immutable;
using MusicSocial.Lyrics.Lookup;

namespace MusicSocial.Lyrics;

/// <summary>
/// Answers which lines and words of a sheet are active at a position. Built once, immutable, free of the past: a seek
/// gets the same answer as playing through.
/// </summary>
/// <remarks>
/// A line is active from its start up to, not including, its end: the one it says, else the start of the next main line that
/// starts later (background vocals never end a main line), else the end of the track. A line without text is never active; it ends those before it.
/// </remarks>
public sealed class ActiveLines
{
    private readonly LyricSheet _sheet;
    private readonly LineSpan[] _spans;
    private readonly SpanTree _tree;
    private readonly int[] _latestEnds;
    private readonly int[] _changes;
    private readonly int[] _endOfLine;

    /// <summary>Builds the index: O(n log n) in lines and words.</summary>
    /// <param name="sheet">Any sheet; an unsynced one never has an active line.</param>
    /// <param name="durationMs">The length of the track in milliseconds, if known: where a last line without an end ends.</param>
    public ActiveLines(LyricSheet sheet, int? durationMs)
    {
        _sheet = sheet;
        _spans = LineSpan.Of(sheet.Lines, durationMs ?? int.MaxValue);
        _tree = new SpanTree(_spans);
        _latestEnds = LatestEnds(_spans);
        _changes = Changes(sheet.Lines, _spans);
        _endOfLine = new int[sheet.Lines.Length];
        foreach (var span in _spans)
        {
            _endOfLine[span.Line] = span.EndMs;
        }
    }

    /// <summary>What is shown at a position, in milliseconds.</summary>
    public LyricMoment At(int positionMs)
    {
        var started = StartedAt(positionMs);
        int? next = started < _spans.Length ? _spans[started].Line : null;
        var silentSince = started == 0 ? 0 : _latestEnds[started - 1];
        if (silentSince > positionMs)
        {
            return new LyricMoment(LinesAt(positionMs), next, Interlude: false);
        }

        var interlude = next is not null && _spans[started].StartMs - silentSince >= LyricLimits.InterludeMs;
        return new LyricMoment([], next, interlude);
    }

    /// <summary>The word of a line that is sung at a position: none in a line that is not active, is not timed by words, or pauses.</summary>
    public int? WordAt(int line, int positionMs)
    {
        var endMs = _endOfLine[line];
        return _sheet.Lines[line] is { StartMs: { } startMs } timed && startMs <= positionMs && positionMs < endMs
            ? WordSpans.At(timed.Words, positionMs, endMs)
            : null;
    }

    /// <summary>The first position after this one at which the active lines, or the words sung in them, are others; none at the end.</summary>
    public int? NextChangeAfter(int positionMs)
    {
        var index = FirstAfter(_changes, positionMs);
        return index < _changes.Length ? _changes[index] : null;
    }

    private ImmutableArray<int> LinesAt(int positionMs)
    {
        var lines = new List<int>();
        _tree.Find(positionMs, lines);
        lines.Sort();
        return [.. lines];
    }

    private int StartedAt(int positionMs)
    {
        var (low, high) = (0, _spans.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _spans[middle].StartMs <= positionMs ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static int[] LatestEnds(LineSpan[] spans)
    {
        var latest = new int[spans.Length];
        var soFar = 0;
        for (var index = 0; index < spans.Length; index++)
        {
            latest[index] = soFar = int.Max(soFar, spans[index].EndMs);
        }

        return latest;
    }

    private static int[] Changes(ImmutableArray<LyricLine> lines, LineSpan[] spans)
    {
        var changes = new List<int>();
        foreach (var span in spans)
        {
            if (span.StartMs < span.EndMs)
            {
                changes.Add(span.StartMs);
                changes.Add(span.EndMs);
                WordSpans.AddChanges(lines[span.Line].Words, span, changes);
            }
        }

        return [.. changes.Where(change => change < int.MaxValue).Distinct().Order()];
    }

    private static int FirstAfter(int[] sorted, int value)
    {
        var found = Array.BinarySearch(sorted, value);
        return found < 0 ? ~found : found + 1;
    }
}
