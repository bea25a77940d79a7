namespace MusicSocial.Lyrics;

/// <summary>Wire names, media types and file extensions of <see cref="LyricOutput"/>.</summary>
public static class LyricOutputs
{
    private static readonly (string Name, string MediaType, string Extension)[] Known =
    [
        ("lrc", "text/plain; charset=utf-8", "lrc"),
        ("elrc", "text/plain; charset=utf-8", "lrc"),
        ("ttml", "application/ttml+xml; charset=utf-8", "ttml"),
        ("vtt", "text/vtt; charset=utf-8", "vtt"),
        ("ass", "text/x-ssa; charset=utf-8", "ass"),
        ("opensubsonic", "application/json; charset=utf-8", "json"),
        ("srt", "application/x-subrip; charset=utf-8", "srt"),
        ("text", "text/plain; charset=utf-8", "txt"),
    ];

    /// <summary>The name by which requests ask for the format.</summary>
    public static string WireName(this LyricOutput output) => Known[(int)output].Name;

    /// <summary>What the text is served as.</summary>
    public static string MediaType(this LyricOutput output) => Known[(int)output].MediaType;

    /// <summary>What the name of such a file ends with, without the dot.</summary>
    public static string FileExtension(this LyricOutput output) => Known[(int)output].Extension;

    /// <summary>The format of a wire name, in any case; nothing for a name that is none.</summary>
    public static LyricOutput? FromWireName(string? name)
    {
        var index = Array.FindIndex(Known, known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : (LyricOutput)index;
    }
}
