using MusicSocial.Server.Catalog;

namespace MusicSocial.Server.Playback;

/// <summary>A track somebody hears: a <c>Track</c> of the catalog, or only the names a player gave it.</summary>
/// <param name="Id">Absent when the catalog does not have it.</param>
/// <param name="DurationMs">Absent when the player did not say.</param>
/// <param name="CoverUrl">Absent when the catalog does not have it; so is <paramref name="AudioUrl"/>.</param>
/// <param name="Loudness">As of a <c>Track</c>; so is <paramref name="Peak"/>.</param>
public sealed record HeardTrack(
    string? Id, string Title, string Artist, string? Album, double? DurationMs, bool HasLyrics, string? CoverUrl, string? AudioUrl,
    double? Loudness = null, double? Peak = null)
{
    /// <summary>A track of the catalog.</summary>
    public static HeardTrack Of(Track track) =>
        new(track.Id, track.Title, track.Artist, track.Album, track.DurationMs, track.HasLyrics, track.CoverUrl, track.AudioUrl, track.Loudness, track.Peak);

    /// <summary>A track known by name only.</summary>
    public static HeardTrack Named(string title, string artist, string? album, TimeSpan? duration) =>
        new(null, title, artist, album, duration?.TotalMilliseconds, HasLyrics: false, CoverUrl: null, AudioUrl: null);

    /// <summary>Two reports with one key are about one track.</summary>
    internal string Key => Id ?? $"{Artist}\n{Title}".ToLowerInvariant();

    internal TimeSpan? Duration => DurationMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
}
