using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicSocial.Server.Lyrics.Lrclib;

/// <summary>A song as LRCLIB's API describes it: https://lrclib.net/docs. There what has no value is null, not absent.</summary>
/// <param name="Id">A number; small, for clients that keep it in 32 bits.</param>
/// <param name="Name">Same as <paramref name="TrackName"/>.</param>
/// <param name="TrackName">The title.</param>
/// <param name="ArtistName">The artist.</param>
/// <param name="AlbumName">The album.</param>
/// <param name="Duration">Seconds.</param>
/// <param name="Instrumental">Whether the track has no singing.</param>
/// <param name="PlainLyrics">The texts, a line each.</param>
/// <param name="SyncedLyrics">LRC.</param>
public sealed record LrclibTrack(
    long Id, string? Name, string? TrackName, string? ArtistName, string? AlbumName, double? Duration, bool Instrumental,
    string? PlainLyrics, string? SyncedLyrics)
{
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}

/// <summary>LRCLIB's way of saying no. Its documentation calls the status <c>code</c>, its server <c>statusCode</c>.</summary>
public sealed record LrclibProblem(string Message, string Name, int StatusCode, int Code)
{
    internal static LrclibProblem NotFound { get; } = new("Failed to find specified track", "TrackNotFound", 404, 404);

    internal static LrclibProblem Malformed { get; } = new("track_name and artist_name are needed to get, q or track_name to search", "ValidationError", 400, 400);
}
