namespace MusicSocial.Lyrics.Lookup;

/// <summary>
/// An interval tree without nodes: spans sorted by start, each middle of a range knowing the latest end of that range.
/// Finding k spans at a position takes O(k log n), however far they overlap.
/// </summary>
internal sealed class SpanTree
{
    private readonly LineSpan[] _spans;
    private readonly int[] _latestEnds;

    public SpanTree(LineSpan[] sortedSpans)
    {
        _spans = sortedSpans;
        _latestEnds = new int[sortedSpans.Length];
        Grow(0, sortedSpans.Length);
    }

    /// <summary>Adds the lines active at a position, by start.</summary>
    public void Find(int positionMs, List<int> lines) => Find(0, _spans.Length, positionMs, lines);

    private int Grow(int from, int to)
    {
        if (from >= to)
        {
            return int.MinValue;
        }

        var middle = (from + to) / 2;
        var latest = int.Max(_spans[middle].EndMs, int.Max(Grow(from, middle), Grow(middle + 1, to)));
        _latestEnds[middle] = latest;
        return latest;
    }

    private void Find(int from, int to, int positionMs, List<int> lines)
    {
        var middle = (from + to) / 2;
        if (from >= to || _latestEnds[middle] <= positionMs)
        {
            return;
        }

        Find(from, middle, positionMs, lines);
        if (_spans[middle].StartMs > positionMs)
        {
            return;
        }

        if (_spans[middle].EndMs > positionMs)
        {
            lines.Add(_spans[middle].Line);
        }

        Find(middle + 1, to, positionMs, lines);
    }
}
