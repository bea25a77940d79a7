namespace MusicSocial.Client.Wire;

/// <summary>A song that can be heard.</summary>
/// <param name="Id">Opaque and permanent.</param>
/// <param name="Title">From the tags, else the file name.</param>
/// <param name="Artist">Empty when unknown.</param>
/// <param name="Album">Null when unknown.</param>
/// <param name="DurationMs">Length in milliseconds, above 0.</param>
/// <param name="HasLyrics">Whether there is a cue sheet.</param>
/// <param name="CoverUrl">Path of the cover image.</param>
/// <param name="AudioUrl">Path of the audio; needs no token.</param>
/// <param name="Loudness">Integrated loudness after EBU R128, LUFS; null until it is measured and where that cannot be told.</param>
/// <param name="Peak">True peak, dB relative to full scale; there with <paramref name="Loudness"/>.</param>
public sealed record Track(
    string Id, string Title, string Artist, string? Album, long DurationMs, bool HasLyrics, string CoverUrl, string AudioUrl,
    double? Loudness = null, double? Peak = null);
