using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Catalog;

namespace MusicSocial.Server.Tests.Catalog;

/// <summary>Puts tracks into a hub's catalog without waiting for a scan.</summary>
internal static class TestTracks
{
    /// <summary>
    /// Adds a track of any length (its file is one second of silence) and returns it as clients see it. The file has the
    /// size and time the catalog remembers, so a scan leaves the track as it is.
    /// </summary>
    public static async Task<Track> AddTrackAsync(
        this HubApp app, string title = "Amazing Grace", string artist = "Trad.", string? album = null, long durationMs = 180_000)
    {
        var id = RandomNumberGenerator.GetHexString(20, lowercase: true);
        var staged = new FileInfo(Path.Combine(app.DataFolder, $"{id}.wav"));
        await File.WriteAllBytesAsync(staged.FullName, Silence.Wav(seconds: 1));
        staged.Refresh();

        var file = new AudioFile(
            $"music/{staged.Name}", staged.Length, new DateTimeOffset(staged.LastWriteTimeUtc).ToUnixTimeMilliseconds(), id, "audio/wav", Cover: null, Lyrics: null);
        await app.Services.GetRequiredService<TrackStore>()
            .SaveAsync([new ScannedTrack(id, title, artist, album, durationMs, file)], nowMs: 0, CancellationToken.None);

        // Moved in only now: a scan never sees the file without its row.
        var music = Directory.CreateDirectory(Path.Combine(app.DataFolder, "music"));
        staged.MoveTo(Path.Combine(music.FullName, staged.Name));
        return await app.Http.GetAsync($"/api/tracks/{id}").ReadAsync<Track>();
    }
}
