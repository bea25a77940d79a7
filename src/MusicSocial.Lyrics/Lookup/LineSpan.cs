using System.Collections.Immutable;

namespace MusicSocial.Lyrics.Lookup;

/// <summary>When a line with text is active: from its start up to, not including, its end.</summary>
internal readonly record struct LineSpan(int StartMs, int EndMs, int Line) : IComparable<LineSpan>
{
    public bool Holds(int positionMs) => StartMs <= positionMs && positionMs < EndMs;

    public int CompareTo(LineSpan other) => (StartMs, Line).CompareTo((other.StartMs, other.Line));

    /// <summary>The spans of all lines with text, by start; a line without an end lasts until the next main line starts.</summary>
    public static LineSpan[] Of(ImmutableArray<LyricLine> lines, int durationMs)
    {
        int[] starts = [.. lines.Where(line => !line.IsBackground).Select(line => line.StartMs).OfType<int>().Distinct().Order()];
        var spans = new List<LineSpan>(lines.Length);
        for (var index = 0; index < lines.Length; index++)
        {
            if (lines[index] is { StartMs: { } startMs, Text.Length: > 0 } line)
            {
                spans.Add(new LineSpan(startMs, line.EndMs ?? NextAfter(starts, startMs) ?? durationMs, index));
            }
        }

        spans.Sort();
        return [.. spans];
    }

    private static int? NextAfter(int[] starts, int startMs)
    {
        var found = Array.BinarySearch(starts, startMs + 1);
        var next = found < 0 ? ~found : found;
        return next < starts.Length ? starts[next] : null;
    }
}
