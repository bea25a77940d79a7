namespace MusicSocial.Lyrics;

/// <summary>Wire names and file extensions of <see cref="LyricFormat"/>.</summary>
public static class LyricFormats
{
    private static readonly string[] Names =
        ["text", "lrc", "elrc", "eslrc", "ttml", "srt", "vtt", "yrc", "qrc", "krc", "lyricsfile", "sylt"];

    /// <summary>The name by which requests ask for the format.</summary>
    public static string WireName(this LyricFormat format) => Names[(int)format];

    /// <summary>The format of a wire name, in any case; nothing for a name that is none.</summary>
    public static LyricFormat? FromWireName(string? name)
    {
        var index = Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : (LyricFormat)index;
    }

    /// <summary>
    /// The format a file beside a song promises by its extension (<c>.lrc</c>, with or without path); nothing if it promises no lyrics.
    /// Extensions lie: use it to find such files, and let <see cref="LyricReader"/> look at the content.
    /// </summary>
    public static LyricFormat? FromFileName(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".lrc" or ".lrcx" => LyricFormat.Lrc,
        ".elrc" => LyricFormat.EnhancedLrc,
        ".eslrc" => LyricFormat.BracketLrc,
        ".ttml" or ".dfxp" => LyricFormat.Ttml,
        ".srt" => LyricFormat.Srt,
        ".vtt" => LyricFormat.WebVtt,
        ".yrc" => LyricFormat.Yrc,
        ".qrc" => LyricFormat.Qrc,
        ".krc" => LyricFormat.Krc,
        ".lyricsfile" => LyricFormat.Lyricsfile,
        ".sylt" or ".uslt" => LyricFormat.Id3,
        ".txt" => LyricFormat.Text,
        _ => null,
    };
}
