namespace MusicSocial.DemoMusic.Scores;

/// <summary>MIDI keys by name: <c>C4</c> is 60, <c>A4</c> is 69 (440 Hz).</summary>
internal static class Pitch
{
    private static readonly int[] FromC = [9, 11, 0, 2, 4, 5, 7];

    public static int Key(string name)
    {
        var (pitchClass, length) = Class(name);
        if (length == name.Length || !int.TryParse(name.AsSpan(length), out var octave) || octave is < 0 or > 9)
            throw new FormatException($"'{name}' is not a note such as C4, F#3 or Bb5.");
        return (octave + 1) * 12 + pitchClass;
    }

    /// <summary>The pitch class 0-11 (unwrapped: <c>Cb</c> is -1) a name starts with, and how many characters named it.</summary>
    public static (int Class, int Length) Class(string name)
    {
        if (name.Length == 0 || name[0] is < 'A' or > 'G')
            throw new FormatException($"'{name}' does not start with a note from A to G.");
        var pitchClass = FromC[name[0] - 'A'];
        return name.Length < 2 ? (pitchClass, 1)
            : name[1] == '#' ? (pitchClass + 1, 2)
            : name[1] == 'b' ? (pitchClass - 1, 2)
            : (pitchClass, 1);
    }

    public static double Hertz(double key) => 440 * Math.Pow(2, (key - 69) / 12);
}
