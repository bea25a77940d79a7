using System.ComponentModel;
using Microsoft.Extensions.Options;

namespace MusicSocial.Server.Catalog.Probing;

/// <summary>
/// Reads what an audio file says about itself: through ffprobe, and where that is not installed with readers of our own for
/// WebM (the demo library) and WAV.
/// </summary>
internal sealed partial class AudioProbe(IOptions<CatalogOptions> options, ILogger<AudioProbe> logger)
{
    private int _withoutFfprobe;

    /// <summary>Null when the file cannot be heard: corrupt, empty, no audio in it, or of a kind nothing here reads.</summary>
    public async Task<ProbedAudio?> ReadAsync(string fullPath, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _withoutFfprobe) == 0)
        {
            try
            {
                return await Ffprobe.ReadAsync(options.Value, fullPath, cancellationToken);
            }
            catch (Win32Exception)
            {
                // Several files are read at a time; one of them says it.
                if (Interlocked.Exchange(ref _withoutFfprobe, 1) == 0)
                    LogWithoutFfprobe(options.Value.Ffprobe);
            }
        }

        return ReadHeader(fullPath);
    }

    private static ProbedAudio? ReadHeader(string fullPath)
    {
        try
        {
            using var stream = new FileStream(fullPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return Path.GetExtension(fullPath).ToLowerInvariant() switch
            {
                ".webm" => WebmHeader.Read(stream),
                ".wav" => WavHeader.Read(stream),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Tool} is not installed: only WebM and WAV files can be read. On Debian: apt-get install ffmpeg")]
    private partial void LogWithoutFfprobe(string tool);
}
