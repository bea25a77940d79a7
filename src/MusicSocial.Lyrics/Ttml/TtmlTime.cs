namespace MusicSocial.Lyrics.Ttml;

/// <summary>A time as TTML writes it: absolute, or counted from where its parent begins.</summary>
internal readonly record struct TtmlTime(long Milliseconds, bool IsRelative)
{
    public static TtmlTime Absolute(long milliseconds) => new(milliseconds, IsRelative: false);

    public static TtmlTime Relative(long milliseconds) => new(milliseconds, IsRelative: true);

    /// <summary>Milliseconds from the start of the track; nothing beyond <see cref="LyricLimits.TimeMs"/>.</summary>
    public int? From(int parentMs)
    {
        var total = IsRelative ? parentMs + Milliseconds : Milliseconds;
        return total <= LyricLimits.TimeMs ? (int)total : null;
    }
}
