namespace MusicSocial.Lyrics;

/// <summary>Wire names and media types of <see cref="LyricOutput"/>.</summary>
public static class LyricOutputs
{
    private static readonly (string Name, string MediaType)[] Known =
    [
        ("lrc", "text/plain; charset=utf-8"),
        ("elrc", "text/plain; charset=utf-8"),
        ("ttml", "application/ttml+xml; charset=utf-8"),
        ("vtt", "text/vtt; charset=utf-8"),
        ("ass", "text/x-ssa; charset=utf-8"),
        ("opensubsonic", "application/json; charset=utf-8"),
    ];

    /// <summary>The name by which requests ask for the format.</summary>
    public static string WireName(this LyricOutput output) => Known[(int)output].Name;

    /// <summary>What the text is served as.</summary>
    public static string MediaType(this LyricOutput output) => Known[(int)output].MediaType;

    /// <summary>The format of a wire name, in any case; nothing for a name that is none.</summary>
    public static LyricOutput? FromWireName(string? name)
    {
        var index = Array.FindIndex(Known, known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : (LyricOutput)index;
    }
}
