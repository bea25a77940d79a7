using System.ComponentModel;
using System.Text;
using Microsoft.Extensions.Options;

namespace MusicSocial.Server.Catalog.Probing;

/// <summary>Reads the sound of a file without its tags: with readers of our own where most music is, with ffmpeg for everything else.</summary>
internal sealed class SoundReader(IOptions<CatalogOptions> options)
{
    /// <summary>What every track is decoded to when its length is counted, as for its chunks.</summary>
    public const int SampleRate = 48_000;

    private const int SampleBytes = 2;

    private const string HashName = "SHA256=";

    /// <summary>The length of one channel of decoded sound.</summary>
    public static TimeSpan LengthOf(long bytes) => TimeSpan.FromSeconds(bytes / (double)(SampleRate * SampleBytes));

    /// <summary>The sound of a file; its parts are null where they cannot be told.</summary>
    public async Task<Sound> ReadAsync(string fullPath, TimeSpan? duration, CancellationToken cancellationToken)
    {
        var own = Path.GetExtension(fullPath).ToLowerInvariant() switch
        {
            ".mp3" => MpegSound.Read(fullPath),
            ".flac" => await FlacSound.ReadAsync(fullPath, cancellationToken),
            _ => null,
        };
        return new Sound(
            own?.Duration ?? duration ?? await DecodedLengthAsync(fullPath, cancellationToken),
            own?.Hash ?? await HashAsync(fullPath, cancellationToken));
    }

    private async Task<string?> HashAsync(string fullPath, CancellationToken cancellationToken)
    {
        try
        {
            var output = await MediaTool.RunAsync(
                options.Value.Ffmpeg,
                ["-v", "quiet", "-nostdin", .. MediaTool.Open(fullPath), "-map", "0:a:0", "-c", "copy", "-f", "hash", "-hash", "sha256", "pipe:1"],
                options.Value.ToolTimeout, maxOutputBytes: 1024, cancellationToken);
            return output is not null && Encoding.ASCII.GetString(output).Trim() is var line && line.StartsWith(HashName, StringComparison.Ordinal) ? line[HashName.Length..] : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Files that say no length (recorders, streams) are decoded once.</summary>
    private async Task<TimeSpan?> DecodedLengthAsync(string fullPath, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await MediaTool.CountAsync(
                options.Value.Ffmpeg,
                ["-v", "quiet", "-nostdin", "-threads", "1", .. MediaTool.Open(fullPath), "-map", "0:a:0", "-vn", "-ar", $"{SampleRate}", "-ac", "1", "-f", "s16le", "pipe:1"],
                options.Value.ChunkTimeout, cancellationToken);
            return bytes is null or 0 ? null : LengthOf(bytes.Value);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
