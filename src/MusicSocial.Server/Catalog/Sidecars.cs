namespace MusicSocial.Server.Catalog;

/// <summary>What lies beside an audio file.</summary>
/// <param name="CoverPath">The cover; the audio file's own path when the picture is inside it; null when there is none.</param>
/// <param name="CoverStamp">Changes when the image file does; 0 when there is none.</param>
/// <param name="LyricsPath">The first lyrics file that can be read; the audio file's own path when the lyrics are inside it; null when there are none.</param>
/// <param name="LyricsStamp">Changes when any lyrics file does; 0 when there is none.</param>
internal sealed record Sidecars(string? CoverPath, long CoverStamp, string? LyricsPath, long LyricsStamp)
{
    public static Sidecars None { get; } = new(null, 0, null, 0);
}
