namespace MusicSocial.Lyrics;

/// <summary>What a writer cannot know from the sheet.</summary>
public sealed record LyricWriting
{
    /// <summary>Digits of LRC's fractions of a second: 3 loses nothing; 2 is what the oldest players understand.</summary>
    public int FractionDigits { get; init; } = 3;

    /// <summary>
    /// The length of the track in milliseconds: where a last line without an end ends. Without it, formats that need an
    /// end give that line ten seconds.
    /// </summary>
    public int? DurationMs { get; init; }
}
