using System.Globalization;

namespace MusicSocial.DemoMusic.Covers;

/// <summary>The colours of a cover, dark to light; in between they are mixed.</summary>
internal sealed class Palette(IReadOnlyList<string> colours)
{
    public string Darkest => colours[0];

    public string Lightest => colours[^1];

    /// <summary>The colour at a share of the way from the darkest (0) to the lightest (1).</summary>
    public string At(double share)
    {
        var position = Math.Clamp(share, 0, 1) * (colours.Count - 1);
        var index = Math.Min((int)position, colours.Count - 2);
        return Mix(colours[index], colours[index + 1], position - index);
    }

    public static string Mix(string from, string to, double share)
    {
        int Channel(int at) => (int)Math.Round(Part(from, at) + (Part(to, at) - Part(from, at)) * share);
        return $"#{Channel(1):x2}{Channel(3):x2}{Channel(5):x2}";
    }

    private static int Part(string colour, int at) => int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
