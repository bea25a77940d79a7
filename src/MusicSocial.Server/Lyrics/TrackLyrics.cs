using MusicSocial.Lyrics;

namespace MusicSocial.Server.Lyrics;

/// <summary>The lyrics a track has right now.</summary>
/// <param name="TrackId">The track.</param>
/// <param name="Version">Changes whenever they do: <c>r7</c> for an uploaded revision, <c>f...</c> for a file beside the audio.</param>
/// <param name="Sheet">What they say.</param>
/// <param name="Duration">Length of the track, where a last line ends.</param>
internal sealed record TrackLyrics(string TrackId, string Version, LyricSheet Sheet, TimeSpan Duration);
