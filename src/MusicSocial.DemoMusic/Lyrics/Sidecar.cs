using MusicSocial.DemoMusic.Performances;
using MusicSocial.Lyrics;

namespace MusicSocial.DemoMusic.Lyrics;

/// <summary>The lyrics file next to the song, in the format its score asks for.</summary>
internal static class Sidecar
{
    /// <summary>The file's text; null when the score asks for none.</summary>
    public static string? Write(Performance performance) => performance.Score.Sidecar switch
    {
        null => null,
        "lrc" => LyricWriter.Write(SungSheet.Of(performance), LyricOutput.Lrc),
        "elrc" => LyricWriter.Write(SungSheet.Of(performance), LyricOutput.EnhancedLrc),
        "ttml" => LyricWriter.Write(SungSheet.Of(performance), LyricOutput.Ttml),
        "vtt" => LyricWriter.Write(SungSheet.Of(performance), LyricOutput.WebVtt),
        var unknown => throw new FormatException($"{performance.Score.Title}: '{unknown}' is not a sidecar format this tool writes."),
    };
}
