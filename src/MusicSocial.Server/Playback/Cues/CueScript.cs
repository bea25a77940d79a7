using System.Collections.Immutable;
using MusicSocial.Lyrics;

namespace MusicSocial.Server.Playback.Cues;

/// <summary>The moments of a sheet at which a display changes, in order.</summary>
internal sealed class CueScript
{
    private readonly LyricSheet _sheet;
    private readonly ActiveLines _active;

    public CueScript(string trackId, LyricSheet sheet, TimeSpan duration)
    {
        TrackId = trackId;
        _sheet = sheet;
        _active = new ActiveLines(sheet, (int)duration.TotalMilliseconds);
        // Stable: a line comes before its first word, and lines that start together keep their order.
        Points = [.. sheet.Lines.SelectMany(PointsOf).OrderBy(point => point.StartMs)];
    }

    public string TrackId { get; }

    public ImmutableArray<CuePoint> Points { get; }

    /// <summary>What a display that has shown nothing yet shows at this position: the active lines, each with its active word.</summary>
    public IEnumerable<CuePoint> ShownAt(int positionMs)
    {
        foreach (var line in _active.At(positionMs).Active)
        {
            yield return LinePoint(_sheet.Lines[line], line);
            if (_active.WordAt(line, positionMs) is { } word)
                yield return WordPoint(_sheet.Lines[line].Words[word], line, word);
        }
    }

    /// <summary>Index of the first point after this position.</summary>
    public int FirstAfter(int positionMs)
    {
        var (low, high) = (0, Points.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Points[middle].StartMs <= positionMs ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static IEnumerable<CuePoint> PointsOf(LyricLine line, int index) =>
        line.StartMs is null ? [] : line.Words.Select((word, number) => WordPoint(word, index, number)).Prepend(LinePoint(line, index));

    private static CuePoint LinePoint(LyricLine line, int index) => new(line.StartMs!.Value, index, Word: null, line.Text);

    private static CuePoint WordPoint(LyricWord word, int line, int number) => new(word.StartMs, line, number, word.Text);
}

/// <summary>One line or word that begins.</summary>
/// <param name="StartMs">Position in the track.</param>
/// <param name="Line">Index of the line in the cue sheet.</param>
/// <param name="Word">Index of the word in its line; null when the line itself begins.</param>
/// <param name="Text">Of the line, or of the word. Empty when a line clears the display.</param>
internal sealed record CuePoint(int StartMs, int Line, int? Word, string Text);
