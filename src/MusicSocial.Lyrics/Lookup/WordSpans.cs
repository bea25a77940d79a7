using System.Collections.Immutable;

namespace MusicSocial.Lyrics.Lookup;

/// <summary>Which word of an active line is sung: the last one that has started, until it ends or the line does.</summary>
internal static class WordSpans
{
    public static int? At(ImmutableArray<LyricWord> words, int positionMs, int lineEndMs)
    {
        var word = LastStartedAt(words, positionMs);
        return word >= 0 && positionMs < EndOf(words, word, lineEndMs) ? word : null;
    }

    /// <summary>Adds every position inside a line at which another word is sung, or none any more.</summary>
    public static void AddChanges(ImmutableArray<LyricWord> words, LineSpan line, List<int> changes)
    {
        for (var index = 0; index < words.Length; index++)
        {
            var startMs = words[index].StartMs;
            var endMs = EndOf(words, index, line.EndMs);
            if (startMs < endMs)
            {
                AddInside(line, startMs, changes);
                AddInside(line, endMs, changes);
            }
        }
    }

    private static int EndOf(ImmutableArray<LyricWord> words, int index, int lineEndMs)
    {
        var endMs = words[index].EndMs ?? lineEndMs;
        return index + 1 < words.Length ? int.Min(endMs, words[index + 1].StartMs) : endMs;
    }

    private static int LastStartedAt(ImmutableArray<LyricWord> words, int positionMs)
    {
        var (low, high) = (0, words.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = words[middle].StartMs <= positionMs ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    private static void AddInside(LineSpan line, int positionMs, List<int> changes)
    {
        if (line.StartMs < positionMs && positionMs < line.EndMs)
        {
            changes.Add(positionMs);
        }
    }
}
