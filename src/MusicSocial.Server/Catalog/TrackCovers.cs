using System.ComponentModel;
using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using MusicSocial.Server.Catalog.Probing;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Catalog;

/// <summary>The image shown for a track: beside the file, inside the file, or drawn.</summary>
internal sealed class TrackCovers(MusicFolders folders, ScaledPictures pictures)
{
    /// <summary>A file that can be sent as it is, or null: then it is to be drawn.</summary>
    public async Task<(string FullPath, string ContentType)?> FindAsync(CatalogTrack track, CancellationToken cancellationToken)
    {
        var file = track.File;
        if (file.Beside.CoverPath is not { } coverPath || folders.FullPathOf(coverPath) is not { } fullPath)
            return null;
        if (coverPath != file.Path)
        {
            if (await ImageFile.ReadAsync(fullPath, cancellationToken) is not { } beside)
                return null;
            if (!beside.IsLarge)
                return (fullPath, beside.ContentType);
        }

        var key = $"{track.Track.Id}-{file.CoverVersion}";
        return await pictures.FindAsync(key, fullPath, isAudio: coverPath == file.Path, cancellationToken) is { } picture ? (picture, "image/jpeg") : null;
    }
}

/// <summary>Takes pictures out of audio files, and makes large picture files small: each once, kept in the data folder.</summary>
internal sealed class ScaledPictures(IOptions<StorageOptions> storage, IOptions<CatalogOptions> options, TimeProvider time) : IDisposable
{
    private const int MaxPictureBytes = 8 * 1024 * 1024;

    /// <summary>How ID3, FLAC and Ogg mark the front; ffmpeg hands the type on as a comment.</summary>
    private const string Front = $"0:m:comment:{Ffprobe.Front}";

    private const string First = "0:v:0";

    // A page full of new covers must not start a tool for each at once.
    private readonly SemaphoreSlim _gate = new(2);
    private readonly ToolFailures _failures = new(time);

    /// <summary>The picture as a JPEG file; null when it cannot be made.</summary>
    /// <param name="key">Names the result; changes when the source does.</param>
    /// <param name="fullPath">The audio file or the picture.</param>
    /// <param name="isAudio">Whether the picture is inside an audio file: the front, or else the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string?> FindAsync(string key, string fullPath, bool isAudio, CancellationToken cancellationToken)
    {
        var picture = Path.Combine(storage.Value.Folder, "covers", $"{key}.jpg");
        if (File.Exists(picture))
            return picture;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (File.Exists(picture))
                return picture;
            if (_failures.Contains(picture))
                return null;
            string[] open = isAudio ? MediaTool.Open(fullPath) : MediaTool.OpenPicture(fullPath);
            var stream = isAudio && await HasFrontAsync(fullPath, cancellationToken) ? Front : First;
            if (await MakeAsync(open, stream, picture, cancellationToken))
                return picture;
            _failures.Add(picture);
            return null;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<bool> HasFrontAsync(string fullPath, CancellationToken cancellationToken)
    {
        try
        {
            return await Ffprobe.HasFrontAsync(options.Value, fullPath, cancellationToken);
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private async Task<bool> MakeAsync(string[] open, string stream, string picture, CancellationToken cancellationToken)
    {
        try
        {
            string[] arguments =
            [
                "-v", "quiet", "-nostdin", .. ImageFile.MaxPixels, .. open, "-an", "-map", stream,
                "-frames:v", "1", "-vf", $"scale=w='min({ImageFile.MaxSide},iw)':h='min({ImageFile.MaxSide},ih)':force_original_aspect_ratio=decrease",
                "-c:v", "mjpeg", "-q:v", "3", "-f", "image2pipe", "pipe:1",
            ];
            var jpeg = await MediaTool.RunAsync(options.Value.Ffmpeg, arguments, options.Value.ToolTimeout, MaxPictureBytes, cancellationToken);
            if (jpeg is not { Length: > 0 })
                return false;
            Directory.CreateDirectory(Path.GetDirectoryName(picture)!);
            var unfinished = $"{picture}.{Path.GetRandomFileName()}";
            await File.WriteAllBytesAsync(unfinished, jpeg, cancellationToken);
            File.Move(unfinished, picture, overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Dispose() => _gate.Dispose();
}

/// <summary>Draws a cover for a track that has none: colours and shapes from its id, its initials in the middle; the same every time.</summary>
internal static class GeneratedCover
{
    public const string ContentType = "image/svg+xml";

    public static byte[] Draw(Track track)
    {
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes(track.Id));
        var hue = seed[0] * 360 / 256;
        var second = (hue + 40 + (seed[1] % 80)) % 360;
        var rings = string.Concat(Enumerable.Range(0, 4).Select(i => Ring(seed.AsSpan(2 + (i * 3), 3))));
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512">
              <defs><linearGradient id="sky" x1="0" y1="0" x2="1" y2="1">
                <stop offset="0" stop-color="hsl({hue} 58% 34%)"/><stop offset="1" stop-color="hsl({second} 62% 20%)"/>
              </linearGradient></defs>
              <rect width="512" height="512" fill="url(#sky)"/>
              <g fill="none" stroke="#fff">{rings}</g>
              <text x="256" y="256" fill="#fff" font-family="system-ui, sans-serif" font-size="150" font-weight="700" text-anchor="middle" dominant-baseline="central">{SecurityElement.Escape(Initials(track.Title))}</text>
            </svg>
            """));
    }

    private static string Ring(ReadOnlySpan<byte> seed) => string.Create(
        CultureInfo.InvariantCulture,
        $"""<circle cx="{seed[0] * 2}" cy="{seed[1] * 2}" r="{60 + seed[2]}" stroke-width="{8 + (seed[2] % 40)}" stroke-opacity="0.1"/>""");

    private static string Initials(string title)
    {
        var words = title.Split([' ', '-', '_', '.', '(', '/'], StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Take(2).Select(word => StringInfo.GetNextTextElement(word).ToUpperInvariant()));
    }
}
