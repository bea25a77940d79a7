using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.Options;
using MusicSocial.Server.Catalog.Probing;

namespace MusicSocial.Server.Catalog.Chunks;

/// <summary>
/// Cuts a track into chunks with ffmpeg: decoded once, so that every cut falls on a sample, then coded piece by piece. Ogg
/// stores its beginning to the sample where WebM rounds to milliseconds.
/// </summary>
internal sealed class ChunkCutter(IOptions<CatalogOptions> options)
{
    /// <summary>Track milliseconds per chunk: little to wait for, little to hold decoded.</summary>
    public const int ChunkMs = 2_000;

    /// <summary>What a chunk begins earlier: Opus needs 80 ms to settle.</summary>
    public const int PrerollMs = 100;

    /// <summary>What a chunk ends later, for the cross-fade into the next.</summary>
    private const int OverlapMs = 20;

    /// <summary>The whole track, for players that take it in one piece.</summary>
    public const string WholeFile = "whole.webm";

    private const string Bitrate = "128k";
    private const int SampleRate = 48_000;
    private const int BytesPerSecond = SampleRate * 4;

    // One process opens so many files; a long track takes several, each reading its part of the sound only.
    private const int ChunksPerProcess = 64;

    /// <summary>Writes <c>0.ogg</c>, <c>1.ogg</c>, ... and <see cref="WholeFile"/> into the folder; the length of the sound, or null when it cannot be cut.</summary>
    public async Task<TimeSpan?> CutAsync(string audioPath, string folder, CancellationToken cancellationToken)
    {
        var sound = Path.Combine(folder, "sound.pcm");
        try
        {
            string[] raw = ["-map", "0:a:0", "-vn", "-ar", $"{SampleRate}", "-ac", "2", "-f", "s16le", $"file:{sound}"];
            if (!await RunAsync([.. MediaTool.Open(audioPath), .. raw], cancellationToken))
                return null;
            var duration = TimeSpan.FromSeconds(new FileInfo(sound).Length / (double)BytesPerSecond);
            for (var first = 0; first < CountOf(duration); first += ChunksPerProcess)
            {
                if (!await RunAsync(Pieces(sound, folder, first, Math.Min(ChunksPerProcess, CountOf(duration) - first)), cancellationToken))
                    return null;
            }

            return duration > TimeSpan.Zero && await RunAsync(Whole(sound, folder), cancellationToken) ? duration : null;
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return null;
        }
        finally
        {
            File.Delete(sound);
        }
    }

    /// <summary>How many chunks a sound of that length has.</summary>
    public static int CountOf(TimeSpan duration) => (int)Math.Ceiling(duration.TotalMilliseconds / ChunkMs);

    /// <summary>The same bytes on every node, so that a range may come from any of them; its index in front, so that a jump needs no look at the end.</summary>
    private static string[] Whole(string sound, string folder) =>
    [
        .. Raw(sound), "-c:a", "libopus", "-b:a", Bitrate, "-fflags", "+bitexact", "-flags:a", "+bitexact",
        "-cues_to_front", "1", "-f", "webm", $"file:{Path.Combine(folder, WholeFile)}",
    ];

    private static string[] Raw(string sound) => ["-f", "s16le", "-ar", $"{SampleRate}", "-ac", "2", "-i", $"file:{sound}"];

    private static IEnumerable<string> Pieces(string sound, string folder, int first, int count)
    {
        var baseMs = Math.Max(0, (first * ChunkMs) - PrerollMs);
        List<string> arguments =
        [
            "-f", "s16le", "-ar", $"{SampleRate}", "-ac", "2", "-ss", Seconds(baseMs), "-t", Seconds((count + 1) * ChunkMs), "-i", $"file:{sound}",
        ];
        for (var index = first; index < first + count; index++)
        {
            var from = Math.Max(0, (index * ChunkMs) - PrerollMs);
            var length = ((index + 1) * ChunkMs) + OverlapMs - from;
            arguments.AddRange(
                ["-ss", Seconds(from - baseMs), "-t", Seconds(length), "-c:a", "libopus", "-b:a", Bitrate, "-f", "ogg", $"file:{Path.Combine(folder, $"{index}.ogg")}"]);
        }

        return arguments;
    }

    private async Task<bool> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        await MediaTool.RunAsync(
            options.Value.Ffmpeg, ["-v", "quiet", "-nostdin", "-y", "-threads", "1", .. arguments], options.Value.ChunkTimeout, maxOutputBytes: 1, cancellationToken) is not null;

    private static string Seconds(int ms) => (ms / 1_000.0).ToString("0.000", CultureInfo.InvariantCulture);
}
