using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Catalog.Scanning;

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
        var music = Directory.CreateDirectory(Path.Combine(app.DataFolder, "music"));
        // Written first: a scan that comes by now lets a file so young be, and never finds the row without its file.
        var wav = new FileInfo(Path.Combine(music.FullName, $"{id}.wav"));
        await File.WriteAllBytesAsync(wav.FullName, Silence.Wav(seconds: 1));
        wav.Refresh();

        var modifiedMs = new DateTimeOffset(wav.LastWriteTimeUtc).ToUnixTimeMilliseconds();
        var file = new AudioFile($"music/{wav.Name}", wav.Length, modifiedMs, id, "audio/wav", Sidecars.None);
        await app.Services.GetRequiredService<ScanStore>()
            .SaveAsync([new ScannedTrack(id, title, artist, album, durationMs, file)], nowMs: 0, CancellationToken.None);
        return await app.Http.GetAsync($"/api/tracks/{id}").ReadAsync<Track>();
    }
}
