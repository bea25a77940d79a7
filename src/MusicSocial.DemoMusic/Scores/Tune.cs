using System.Globalization;

namespace MusicSocial.DemoMusic.Scores;

/// <summary>A note of a tune; times in beats from the tune's start (a pickup is negative).</summary>
internal sealed record TuneNote(double Beat, double Beats, int Key)
{
    public double End => Beat + Beats;
}

/// <summary>One line of a tune: for each sung syllable the notes it is sung on (several: a melisma).</summary>
internal sealed record TuneLine(IReadOnlyList<IReadOnlyList<TuneNote>> Syllables);

/// <summary>
/// A melody in text: <c>D4:1 G4:2 B4:.5+G4:.5 r:1</c> is pitch and beats, <c>+</c> joins the notes of one syllable, <c>r</c> rests,
/// <c>@-1</c> moves to a beat, <c>|</c> is for the reader only. Each string is a line; a line goes on where the one before it ended.
/// </summary>
internal static class Tune
{
    public static IReadOnlyList<TuneLine> Parse(IReadOnlyList<string> lines)
    {
        var beat = 0.0;
        return [.. lines.Select(line => ParseLine(line, ref beat))];
    }

    private static TuneLine ParseLine(string line, ref double beat)
    {
        var syllables = new List<IReadOnlyList<TuneNote>>();
        foreach (var token in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (token == "|")
                continue;
            if (token[0] == '@')
                beat = Number(token[1..], line);
            else if (token[0] == 'r')
                beat += Length(token, line).Beats;
            else
                syllables.Add(ParseSyllable(token, line, ref beat));
        }
        return new TuneLine(syllables);
    }

    private static List<TuneNote> ParseSyllable(string token, string line, ref double beat)
    {
        var notes = new List<TuneNote>();
        foreach (var note in token.Split('+'))
        {
            var (name, beats) = Length(note, line);
            notes.Add(new TuneNote(beat, beats, Pitch.Key(name)));
            beat += beats;
        }
        return notes;
    }

    private static (string Name, double Beats) Length(string token, string line)
    {
        var colon = token.IndexOf(':');
        if (colon < 1)
            throw new FormatException($"'{token}' has no length (note:beats) in '{line}'.");
        return (token[..colon], Number(token[(colon + 1)..], line));
    }

    private static double Number(string text, string line) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{text}' is not a number of beats in '{line}'.");
}
