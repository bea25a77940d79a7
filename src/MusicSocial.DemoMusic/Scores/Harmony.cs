namespace MusicSocial.DemoMusic.Scores;

/// <summary>A chord for a stretch of beats: its bass and its tones, or the exact keys where the score names them.</summary>
internal sealed record Chord(double Beat, double Beats, int Bass, IReadOnlyList<int> Classes, IReadOnlyList<int>? Exact)
{
    public double End => Beat + Beats;

    /// <summary>The <paramref name="index"/>-th tone (0 = lowest) counted upwards from <paramref name="from"/>.</summary>
    public int Tone(int index, int from)
    {
        if (Exact is not null)
            return Exact[Math.Min(index, Exact.Count - 1)];
        var key = from - 1;
        for (var found = -1; found < index;)
            found += Classes.Contains(++key % 12) ? 1 : 0;
        return key;
    }

    /// <summary>How many tones make the chord complete.</summary>
    public int Size => Exact?.Count ?? Classes.Count;

    /// <summary>The bass, or its fifth, in the octave from E1 upwards.</summary>
    public int BassKey(int above)
    {
        var key = Exact?[0] ?? 28 + Modulo(Bass - 28);
        return key + above;
    }

    private static int Modulo(int value) => ((value % 12) + 12) % 12;
}

/// <summary>A progression in text: bars between <c>|</c>, a bar's chords share it evenly; <c>[C4 E4 G4]</c> names exact keys.</summary>
internal static class Harmony
{
    private static readonly Dictionary<string, int[]> Qualities = new()
    {
        [""] = [0, 4, 7],
        ["m"] = [0, 3, 7],
        ["7"] = [0, 4, 7, 10],
        ["m7"] = [0, 3, 7, 10],
        ["maj7"] = [0, 4, 7, 11],
        ["6"] = [0, 4, 7, 9],
        ["m6"] = [0, 3, 7, 9],
        ["sus4"] = [0, 5, 7],
        ["sus2"] = [0, 2, 7],
        ["dim"] = [0, 3, 6],
        ["5"] = [0, 7],
        ["add9"] = [0, 2, 4, 7],
        ["7sus4"] = [0, 5, 7, 10],
    };

    public static IReadOnlyList<Chord> Parse(string text, double barBeats)
    {
        var chords = new List<Chord>();
        var bars = text.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (var bar = 0; bar < bars.Length; bar++)
        {
            var symbols = bars[bar][0] == '[' ? [bars[bar]] : bars[bar].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var beats = barBeats / symbols.Length;
            for (var i = 0; i < symbols.Length; i++)
                chords.Add(ParseChord(symbols[i], bar * barBeats + i * beats, beats));
        }
        return chords;
    }

    private static Chord ParseChord(string symbol, double beat, double beats)
    {
        if (symbol[0] == '[')
        {
            int[] keys = [.. symbol.Trim('[', ']').Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Pitch.Key)];
            return new Chord(beat, beats, keys[0] % 12, [.. keys.Select(key => key % 12).Distinct()], keys);
        }
        var slash = symbol.IndexOf('/');
        var upper = slash < 0 ? symbol : symbol[..slash];
        var (root, length) = Pitch.Class(upper);
        if (!Qualities.TryGetValue(upper[length..], out var quality))
            throw new FormatException($"'{symbol}' is not a chord this tool knows.");
        var bass = slash < 0 ? root : Pitch.Class(symbol[(slash + 1)..]).Class;
        return new Chord(beat, beats, bass, [.. quality.Select(step => (root + step + 12) % 12)], null);
    }
}
