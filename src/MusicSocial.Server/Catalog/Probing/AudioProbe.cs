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

    /// <summary>Null when the file cannot be played: corrupt, empty, no audio in it, or of a kind nothing here reads.</summary>
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
                // Several files are read at a time; the first of them logs it.
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

/// <summary>What an audio file says about itself.</summary>
/// <param name="Duration">As its header says, above zero; null when it does not say.</param>
/// <param name="Title">As tagged.</param>
/// <param name="Artist">As tagged.</param>
/// <param name="Album">As tagged.</param>
/// <param name="HasPicture">Whether the file contains a cover.</param>
internal sealed record ProbedAudio(TimeSpan? Duration, string? Title, string? Artist, string? Album, bool HasPicture)
{
    /// <summary>Texts of tags that promise lyrics, those that promise times first.</summary>
    public IReadOnlyList<string> Lyrics { get; init; } = [];
}

/// <summary>The audio files the catalog takes, by extension.</summary>
internal static class AudioFormats
{
    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mp3"] = "audio/mpeg",
        [".flac"] = "audio/flac",
        [".ogg"] = "audio/ogg",
        [".oga"] = "audio/ogg",
        [".opus"] = "audio/ogg",
        [".m4a"] = "audio/mp4",
        [".mp4"] = "audio/mp4",
        [".webm"] = "audio/webm",
        [".wav"] = "audio/wav",
        [".m4b"] = "audio/mp4",
        [".aac"] = "audio/aac",
        [".weba"] = "audio/webm",
        [".mka"] = "audio/x-matroska",
        [".aiff"] = "audio/aiff",
        [".aif"] = "audio/aiff",
        [".wma"] = "audio/x-ms-wma",
        [".wv"] = "audio/x-wavpack",
        [".ape"] = "audio/x-ape",
        [".dsf"] = "audio/x-dsf",
    };

    /// <summary>Whether browsers play files of this type; others are heard as chunks and Opus.</summary>
    public static bool IsPlayable(string contentType) => !contentType.Contains("/x-", StringComparison.Ordinal) && contentType != "audio/aiff";

    /// <summary>The MIME type by which browsers play the file; null when it is not music.</summary>
    public static string? ContentTypeOf(string fileName) => ContentTypes.GetValueOrDefault(Path.GetExtension(fileName));
}
