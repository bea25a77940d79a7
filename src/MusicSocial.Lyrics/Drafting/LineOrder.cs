using System.Collections.Immutable;

namespace MusicSocial.Lyrics.Drafting;

/// <summary>Puts timed lines in order of their start: stable, and background vocals stay behind the line they accompany.</summary>
internal static class LineOrder
{
    public static ImmutableArray<LyricLine> Sorted(ReadOnlySpan<LyricLine> lines)
    {
        if (IsSorted(lines))
        {
            return [.. lines];
        }

        var groups = Groups(lines);
        groups.Sort();
        var sorted = ImmutableArray.CreateBuilder<LyricLine>(lines.Length);
        foreach (var group in groups)
        {
            sorted.AddRange(lines.Slice(group.First, group.Count));
        }

        return sorted.MoveToImmutable();
    }

    private static bool IsSorted(ReadOnlySpan<LyricLine> lines)
    {
        var last = 0;
        foreach (var line in lines)
        {
            if (line.IsBackground)
            {
                continue;
            }

            if (line.StartMs < last)
            {
                return false;
            }

            last = line.StartMs ?? last;
        }

        return true;
    }

    private static List<Group> Groups(ReadOnlySpan<LyricLine> lines)
    {
        var groups = new List<Group>(lines.Length);
        for (var first = 0; first < lines.Length;)
        {
            var next = first + 1;
            while (next < lines.Length && lines[next].IsBackground)
            {
                next++;
            }

            groups.Add(new Group(lines[first].StartMs ?? 0, first, next - first));
            first = next;
        }

        return groups;
    }

    private readonly record struct Group(int StartMs, int First, int Count) : IComparable<Group>
    {
        public int CompareTo(Group other) => (StartMs, First).CompareTo((other.StartMs, other.First));
    }
}
