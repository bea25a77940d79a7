using System.Collections.Concurrent;
using MusicSocial.DemoMusic.Performances;
using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic.Rendering;

/// <summary>Has Festival sing the lines of one part and lays them on one track, each at its own time.</summary>
internal static class FestivalSinger
{
    private const int VoiceRate = 16_000;
    private const double TailSeconds = 1;

    public static async Task<Wave> SingAsync(Performance performance, string part, Singer singer, string folder, CancellationToken cancellationToken)
    {
        var rate = (int)Math.Round(VoiceRate * singer.Throat);
        var seconds = performance.Tempo.TimeAt(performance.EndTick).TotalSeconds + TailSeconds;
        var track = new Wave(rate, 1, new float[(int)(seconds * rate)]);
        var sung = new ConcurrentDictionary<int, Wave>();
        SungLine[] lines = [.. performance.Lines.Where(line => line.Part == part)];
        var options = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellationToken };
        await SpellingCheck.RunAsync(performance, lines, folder, cancellationToken);
        await Parallel.ForAsync(0, lines.Length, options, async (i, token) =>
        {
            var text = Path.Combine(folder, $"{part}-{i}.xml");
            var wave = Path.Combine(folder, $"{part}-{i}.wav");
            await File.WriteAllTextAsync(text, SingingText.Write(performance, lines[i], singer), token);
            await Command.RunAsync("text2wave", ["-eval", "(voice_kal_diphone)", "-mode", "singing", "-o", wave, text], token);
            sung[i] = Wave.Read(wave);
        });
        for (var i = 0; i < lines.Length; i++)
            Lay(track, sung[i], performance.Tempo.TimeAt(lines[i].Tick).TotalSeconds - SingingText.LeadSeconds);
        return track;
    }

    private static void Lay(Wave track, Wave line, double atSeconds)
    {
        var start = (int)Math.Round(atSeconds * track.Rate);
        for (var i = Math.Max(0, -start); i < line.Samples.Length && start + i < track.Samples.Length; i++)
            track.Samples[start + i] += line.Samples[i];
    }
}
