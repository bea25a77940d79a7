using MusicSocial.Lyrics;

namespace MusicSocial.Server.Lyrics;

/// <summary>The lyrics a track has right now.</summary>
/// <param name="TrackId">The track.</param>
/// <param name="Origin">Where they come from.</param>
/// <param name="Sheet">What they say.</param>
/// <param name="OffsetMs">By how much the lines are later than their source says; already in the sheet.</param>
/// <param name="Duration">Length of the track, where a last line ends.</param>
internal sealed record TrackLyrics(string TrackId, LyricOrigin Origin, LyricSheet Sheet, int OffsetMs, TimeSpan Duration)
{
    /// <summary>Changes whenever they do.</summary>
    public string Version => Origin.Version;
}

/// <summary>Where lyrics come from.</summary>
/// <param name="Source">The kind of source.</param>
/// <param name="Version">Changes whenever they do: <c>r7</c> for what people made, <c>f...</c> for a file beside the audio, <c>t...</c> for tags, <c>s...</c> for a server's answer.</param>
/// <param name="Revision">Of what people made, else 0.</param>
/// <param name="UserId">Who made it, if people did.</param>
internal sealed record LyricOrigin(LyricSource Source, string Version, long Revision = 0, string? UserId = null)
{
    public static LyricOrigin People(long revision, string userId) => new(LyricSource.People, $"r{revision}", revision, userId);
}
