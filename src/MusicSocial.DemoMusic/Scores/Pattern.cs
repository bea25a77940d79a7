using System.Globalization;

namespace MusicSocial.DemoMusic.Scores;

/// <summary>What one token of a pattern plays.</summary>
internal enum PatternTones { Rest, Bass, Fifth, All, Rolled, Steps, Percussion }

/// <summary>One stroke of an accompaniment; times in beats from the bar's start.</summary>
internal sealed record PatternStroke(double Beat, double Beats, PatternTones Tones, IReadOnlyList<int> Steps, bool Rings, double Accent);

/// <summary>
/// An accompaniment figure in text, played in every bar: <c>b:1 x:1 x:1</c>. <c>b</c> is the chord's bass, <c>f</c> the fifth above it,
/// <c>x</c> the whole chord, <c>u</c> the chord rolled upwards, digits are chord tones counted from below, <c>r</c> rests; a trailing <c>~</c>
/// lets the stroke ring until the chord ends, <c>!</c> accents it, <c>?</c> softens it. In percussion parts the number is the key.
/// </summary>
internal sealed record Pattern(IReadOnlyList<PatternStroke> Strokes, double Beats)
{
    private const double Accented = 1.18;
    private const double Softened = 0.8;

    public static Pattern Parse(string text, bool percussion)
    {
        var strokes = new List<PatternStroke>();
        var beat = 0.0;
        foreach (var token in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (token == "|")
                continue;
            var colon = token.IndexOf(':');
            if (colon < 1 || !double.TryParse(token[(colon + 1)..].TrimEnd('~', '!', '?'), NumberStyles.Float, CultureInfo.InvariantCulture, out var beats))
                throw new FormatException($"'{token}' in pattern '{text}' is not tones:beats.");
            var (tones, steps) = ParseTones(token[..colon], percussion);
            var accent = token.Contains('!') ? Accented : token.Contains('?') ? Softened : 1;
            strokes.Add(new PatternStroke(beat, beats, tones, steps, token.Contains('~'), accent));
            beat += beats;
        }
        return new Pattern(strokes, beat);
    }

    private static (PatternTones Tones, IReadOnlyList<int> Steps) ParseTones(string text, bool percussion) => text switch
    {
        "r" => (PatternTones.Rest, []),
        "b" => (PatternTones.Bass, []),
        "f" => (PatternTones.Fifth, []),
        "x" => (PatternTones.All, []),
        "u" => (PatternTones.Rolled, []),
        _ when percussion => (PatternTones.Percussion, [.. text.Split(',').Select(key => int.Parse(key, CultureInfo.InvariantCulture))]),
        _ when text.All(char.IsAsciiDigit) => (PatternTones.Steps, [.. text.Select(digit => digit - '1')]),
        _ => throw new FormatException($"'{text}' names no tones of a pattern."),
    };
}
