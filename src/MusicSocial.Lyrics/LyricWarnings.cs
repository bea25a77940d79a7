namespace MusicSocial.Lyrics;

/// <summary>Every code a <see cref="LyricWarning"/> can carry.</summary>
public static class LyricWarnings
{
    /// <summary>A line without a time in a synced file: dropped.</summary>
    public const string UntimedLine = "untimed_line";

    /// <summary>An <c>[offset:]</c> that is not a whole number of milliseconds within 100 hours: ignored.</summary>
    public const string BadOffset = "bad_offset";

    /// <summary>A time that cannot be read: the line or block counts as untimed.</summary>
    public const string BadTime = "bad_time";

    /// <summary>Background vocals without times of their own: dropped.</summary>
    public const string UntimedBackground = "untimed_background";

    /// <summary>A translation whose time no line has: dropped.</summary>
    public const string StrayTranslation = "stray_translation";

    /// <summary>Translations and romanisations of a KRC file that cannot be read, from there on: dropped.</summary>
    public const string BadTranslation = "bad_translation";
}
