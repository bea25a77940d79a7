using MusicSocial.DemoMusic.Covers;
using MusicSocial.DemoMusic.Lyrics;
using MusicSocial.DemoMusic.Midi;
using MusicSocial.DemoMusic.Performances;
using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic.Rendering;

/// <summary>Makes the files of one song: audio, cover and lyrics under one base name, as a user's music folder would have them.</summary>
internal static class SongRenderer
{
    /// <summary>The last chord rings this long after the last bar.</summary>
    public const double TailSeconds = 3;

    /// <summary>Louder than the band, so that words are understood.</summary>
    private const double VoiceOverBand = 1.25;

    private const int CoverPixels = 640;

    public static async Task<Loudness> RenderAsync(Performance performance, string library, CancellationToken cancellationToken)
    {
        var scratch = Directory.CreateTempSubdirectory("demo-music-");
        try
        {
            var basePath = Path.Combine(library, performance.Score.Title);
            if (Sidecar.Write(performance) is { } lyrics)
                await File.WriteAllTextAsync($"{basePath}.{performance.Score.Sidecar}", lyrics, cancellationToken);
            await CoverAsync(performance, scratch.FullName, basePath + ".webp", cancellationToken);
            return await AudioAsync(performance, scratch.FullName, basePath + ".webm", cancellationToken);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    /// <summary>Plays the instruments alone, dry, into a WAV file.</summary>
    public static async Task BandAsync(Performance performance, string folder, string output, CancellationToken cancellationToken)
    {
        var midi = Path.Combine(folder, "band.mid");
        await File.WriteAllBytesAsync(midi, MidiFile.Write(performance), cancellationToken);
        string[] dry = ["-n", "-i", "-q", "-R", "0", "-C", "0", "-g", "2.5", "-r", "48000"];
        await Command.RunAsync("fluidsynth", [.. dry, "-O", "float", "-T", "wav", "-F", output, AudioTools.Soundfont, midi], cancellationToken);
    }

    private static async Task<Loudness> AudioAsync(Performance performance, string scratch, string output, CancellationToken cancellationToken)
    {
        var band = Path.Combine(scratch, "band.wav");
        await BandAsync(performance, scratch, band, cancellationToken);
        var bandLoudness = Wave.Read(band).Loudness();
        var singers = new List<(string Path, double Pan)>();
        foreach (var (name, part) in performance.Score.Parts.Where(part => part.Value.Sings is not null))
        {
            var singer = part.Sings!;
            foreach (var take in singer.With.Prepend(new FellowSinger(singer.Throat, part.Pan)))
            {
                var voice = await FestivalSinger.SingAsync(performance, name, singer with { Throat = take.Throat }, scratch, cancellationToken);
                var scale = (float)(bandLoudness * VoiceOverBand * singer.Gain / Math.Sqrt(1 + singer.With.Count) / voice.Loudness());
                var path = Path.Combine(scratch, $"voice-{singers.Count}.wav");
                (voice with { Samples = [.. voice.Samples.Select(sample => sample * scale)] }).Write(path);
                singers.Add((path, take.Pan));
            }
        }
        var impulse = Path.Combine(scratch, "room.wav");
        RoomSound.Impulse(performance.Score.Room, performance.Score.Seed).Write(impulse);
        var mix = Path.Combine(scratch, "mix.wav");
        await Mixdown.MixAsync(band, singers, impulse, performance.Score.Room, mix, cancellationToken);
        var seconds = performance.Tempo.TimeAt(performance.EndTick).TotalSeconds + TailSeconds;
        return await Mixdown.MasterAsync(mix, seconds, performance.Score, output, cancellationToken);
    }

    private static async Task CoverAsync(Performance performance, string scratch, string output, CancellationToken cancellationToken)
    {
        var svg = Path.Combine(scratch, "cover.svg");
        var png = Path.Combine(scratch, "cover.png");
        await File.WriteAllTextAsync(svg, CoverPainter.Paint(performance), cancellationToken);
        await Command.RunAsync("rsvg-convert", ["-w", $"{CoverPixels}", "-h", $"{CoverPixels}", "-o", png, svg], cancellationToken);
        await Command.RunAsync("cwebp", ["-quiet", "-q", "86", "-m", "6", png, "-o", output], cancellationToken);
    }
}
