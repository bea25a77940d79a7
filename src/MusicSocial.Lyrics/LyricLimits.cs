namespace MusicSocial.Lyrics;

/// <summary>What a source may ask for at most; beyond it, it is refused.</summary>
public static class LyricLimits
{
    /// <summary>Bytes of a source: 1 MiB. The longest real sheets have about 200 KiB.</summary>
    public const int Bytes = 1024 * 1024;

    /// <summary>Lines of a sheet, background vocals and repeated lines counted.</summary>
    public const int Lines = 10_000;

    /// <summary>
    /// Words with times of their own in a sheet. Songs have fewer than 2,000; a line of many words under many stamps multiplies a small source into a
    /// large sheet for every reader.
    /// </summary>
    public const int Words = 20_000;

    /// <summary>Tags kept: the first ones.</summary>
    public const int Tags = 100;

    /// <summary>Times beyond 100 hours, in milliseconds, are not times.</summary>
    public const int TimeMs = 360_000_000;

    /// <summary>Warnings kept: the first ones.</summary>
    public const int Warnings = 100;

    /// <summary>A silence of at least this many milliseconds before a line is an interlude.</summary>
    public const int InterludeMs = 4_000;
}
