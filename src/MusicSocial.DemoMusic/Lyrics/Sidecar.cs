using MusicSocial.DemoMusic.Performances;

namespace MusicSocial.DemoMusic.Lyrics;

/// <summary>The lyrics file next to the song, in the format its score asks for.</summary>
internal static class Sidecar
{
    public static string? Write(Performance performance) => performance.Score.Sidecar switch
    {
        null => null,
        "lrc" => LrcText.Lines(performance),
        "elrc" => LrcText.Words(performance),
        "ttml" => TtmlText.Write(performance),
        "txt" => string.Concat(performance.Lines.Select(line => line.Text + "\n")),
        var unknown => throw new FormatException($"{performance.Score.Title}: '{unknown}' is not a sidecar format this tool writes."),
    };
}
