using System.Globalization;
using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic.Rendering;

/// <summary>Puts the band and the singers into one room, masters to -16 LUFS and encodes Opus in WebM.</summary>
internal static class Mixdown
{
    public const double TargetLufs = -16;
    public const double PeakCeiling = -1.5;
    private const double LoudnessTolerance = 0.2;
    private const int MaximumPasses = 5;
    private const double FadeSeconds = 2.5;
    private const string VoiceColour =
        "aresample=48000,highpass=f=110,lowpass=f=7200,equalizer=f=280:t=q:w=1:g=-2.5,equalizer=f=3000:t=q:w=1.2:g=3,"
        + "acompressor=threshold=0.06:ratio=3:attack=8:release=140:makeup=2";

    /// <summary>Mixes the band (stereo) with singers (mono, placed by pan) and the room's echo into <paramref name="output"/>.</summary>
    public static async Task MixAsync(
        string band, IReadOnlyList<(string Path, double Pan)> singers, string impulse, Room room, string output, CancellationToken cancellationToken)
    {
        var arguments = new List<string> { "-hide_banner", "-y", "-bitexact", "-i", band };
        foreach (var (path, _) in singers)
            arguments.AddRange(["-i", path]);
        arguments.AddRange(["-i", impulse, "-filter_complex", Graph(singers, room), "-map", "[mix]", "-c:a", "pcm_f32le", output]);
        await Command.RunAsync("ffmpeg", arguments, cancellationToken);
    }

    /// <summary>Raises or lowers the mix to the target loudness, keeps peaks below the ceiling, fades out, tags and encodes.</summary>
    public static async Task<Loudness> MasterAsync(string mix, double seconds, Score score, string output, CancellationToken cancellationToken)
    {
        var gain = TargetLufs - (await Loudness.MeasureAsync(mix, cancellationToken)).Lufs;
        var limit = Math.Pow(10, (PeakCeiling - 1) / 20);
        for (var pass = 1; ; pass++)
        {
            await EncodeAsync(mix, seconds, gain, limit, score, output, cancellationToken);
            var loudness = await Loudness.MeasureAsync(output, cancellationToken);
            if ((loudness.TruePeak <= PeakCeiling && Math.Abs(loudness.Lufs - TargetLufs) <= LoudnessTolerance) || pass == MaximumPasses)
                return loudness;
            gain += TargetLufs - loudness.Lufs;
            if (loudness.TruePeak > PeakCeiling)
                limit *= Math.Pow(10, (PeakCeiling - loudness.TruePeak - 0.2) / 20);
        }
    }

    private static string Graph(IReadOnlyList<(string Path, double Pan)> singers, Room room)
    {
        var chains = new List<string> { "[0:a]aresample=48000[band]" };
        for (var i = 0; i < singers.Count; i++)
        {
            var angle = (singers[i].Pan + 1) * Math.PI / 4;
            chains.Add($"[{i + 1}:a]{VoiceColour},pan=stereo|c0={Number(Math.Cos(angle))}*c0|c1={Number(Math.Sin(angle))}*c0[voice{i}]");
        }
        var all = "[band]" + string.Concat(singers.Select((_, i) => $"[voice{i}]"));
        chains.Add($"{all}amix=inputs={singers.Count + 1}:normalize=0:duration=longest,asplit[dry][send]");
        chains.Add($"[{singers.Count + 1}:a]aformat=channel_layouts=stereo[impulse]");
        chains.Add($"[send]highpass=f=180[clear];[clear][impulse]afir=dry=0:wet=1:gtype=none:irfmt=input,volume={Number(room.Wet)}[wet]");
        chains.Add("[dry][wet]amix=inputs=2:normalize=0:duration=first[mix]");
        return string.Join(';', chains);
    }

    private static async Task EncodeAsync(
        string mix, double seconds, double gain, double limit, Score score, string output, CancellationToken cancellationToken)
    {
        var filters = $"volume={Number(gain)}dB,alimiter=limit={Number(limit)}:level=false:attack=4:release=60,"
            + $"afade=t=out:st={Number(seconds - FadeSeconds)}:d={Number(FadeSeconds)}:curve=qsin,atrim=0:{Number(seconds)}";
        await Command.RunAsync("ffmpeg",
        [
            "-hide_banner", "-y", "-i", mix, "-af", filters, "-c:a", "libopus", "-b:a", "80k", "-application", "audio", "-map_metadata", "-1",
            "-metadata", $"title={score.Title}", "-metadata", $"artist={score.Artist}", "-metadata", $"album={SongShelf.Album}", "-metadata", $"date={score.Date}",
            "-metadata", "copyright=CC0 1.0", "-fflags", "+bitexact", "-flags:a", "+bitexact", "-f", "webm", output,
        ], cancellationToken);
    }

    private static string Number(double value) => value.ToString("0.#####", CultureInfo.InvariantCulture);
}
