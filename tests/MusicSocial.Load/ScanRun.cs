using System.Diagnostics;

namespace MusicSocial.Load;

/// <summary>How fast the catalog takes in a folder it has never seen, and one it knows.</summary>
internal static class ScanRun
{
    private const int Files = 200;

    public static async Task MeasureAsync(Report report)
    {
        var folder = Directory.CreateTempSubdirectory("musicsocial-load-").FullName;
        var music = Directory.CreateDirectory(Path.Combine(folder, "music")).FullName;
        for (var i = 0; i < Files; i++)
            await File.WriteAllBytesAsync(Path.Combine(music, $"song {i:D4}.wav"), Wav(i));

        var first = await UntilScannedAsync(folder, music);
        var again = await UntilScannedAsync(folder, music);
        report.Add($"scan of {Files} new audio files", $"{Files / first:F0} files/s", "includes the start of the process");
        report.Add($"start to full catalog, {Files} known files", $"{again:F1} s");
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<double> UntilScannedAsync(string folder, string music)
    {
        var watch = Stopwatch.StartNew();
        await using var hub = await MeasuredHub.StartAsync(folder, music);
        await hub.TracksAsync(Files);
        return watch.Elapsed.TotalSeconds;
    }

    // Every file differs, so that none is taken for a copy of another.
    private static byte[] Wav(int seed)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        var samples = new byte[8000];
        new Random(seed).NextBytes(samples);
        writer.Write("RIFF"u8);
        writer.Write(36 + samples.Length);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(8000);
        writer.Write(8000);
        writer.Write((short)1);
        writer.Write((short)8);
        writer.Write("data"u8);
        writer.Write(samples.Length);
        writer.Write(samples);
        return file.ToArray();
    }
}
