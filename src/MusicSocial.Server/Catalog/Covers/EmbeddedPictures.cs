using System.Collections.Concurrent;
using System.ComponentModel;
using Microsoft.Extensions.Options;
using MusicSocial.Server.Catalog.Probing;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Catalog.Covers;

/// <summary>Takes pictures out of audio files, at most once per picture, and keeps them in the data folder.</summary>
internal sealed class EmbeddedPictures(IOptions<StorageOptions> storage, IOptions<CatalogOptions> options) : IDisposable
{
    private const int MaxPictureBytes = 8 * 1024 * 1024;
    private const int MaxSide = 1024;

    // A page full of new covers must not start a tool for each at once.
    private readonly SemaphoreSlim _gate = new(2);
    private readonly ConcurrentDictionary<string, bool> _failed = new();

    /// <summary>The picture as a JPEG file; null when it cannot be taken out.</summary>
    public async Task<string?> FindAsync(string trackId, string version, string audioPath, CancellationToken cancellationToken)
    {
        var picture = Path.Combine(storage.Value.Folder, "covers", $"{trackId}-{version}.jpg");
        if (File.Exists(picture))
            return picture;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (File.Exists(picture) || (!_failed.ContainsKey(picture) && await TakeOutAsync(audioPath, picture, cancellationToken)))
                return picture;
            _failed.TryAdd(picture, true);
            return null;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<bool> TakeOutAsync(string audioPath, string picture, CancellationToken cancellationToken)
    {
        try
        {
            string[] arguments =
            [
                "-v", "quiet", "-nostdin", .. MediaTool.Open(audioPath), "-an", "-map", "0:v:0",
                "-frames:v", "1", "-vf", $"scale=w='min({MaxSide},iw)':h='min({MaxSide},ih)':force_original_aspect_ratio=decrease",
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
