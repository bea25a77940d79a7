namespace MusicSocial.Lyrics;

/// <summary>The source cannot become a sheet; the reason is a stable code, and nothing was read.</summary>
/// <param name="code">One of the constants of <see cref="LyricRefusals"/>.</param>
/// <param name="line">The line of the source, counted from 1, where there is one.</param>
public sealed class LyricRefusedException(string code, int? line = null)
    : Exception(line is null ? code : $"{code} (line {line})")
{
    /// <summary>One of the constants of <see cref="LyricRefusals"/>.</summary>
    public string Code { get; } = code;

    /// <summary>The line of the source, counted from 1, where there is one.</summary>
    public int? Line { get; } = line;
}
