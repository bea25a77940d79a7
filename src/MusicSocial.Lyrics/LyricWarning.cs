namespace MusicSocial.Lyrics;

/// <summary>Something in the source that was left out or mended while the rest was read.</summary>
/// <param name="Code">One of the constants of <see cref="LyricWarnings"/>.</param>
/// <param name="Line">The line of the source, counted from 1, where there is one.</param>
public readonly record struct LyricWarning(string Code, int? Line);
