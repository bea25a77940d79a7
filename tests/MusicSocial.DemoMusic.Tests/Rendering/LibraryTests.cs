using System.Globalization;
using MusicSocial.DemoMusic.Performances;
using MusicSocial.DemoMusic.Rendering;
using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic.Tests.Rendering;

/// <summary>Listens to what is committed.</summary>
public sealed class LibraryTests
{
    private const double Silence = 0.001;

    public static TheoryData<string> Songs => [.. Directory.EnumerateFiles(SongShelf.Songs, "*.json").Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(Songs))]
    public async Task A_song_has_its_tags_and_its_length(string song)
    {
        var performance = SongShelf.Find(song);
        var report = await Command.RunAsync(
            "ffprobe", ["-v", "error", "-show_entries", "format=duration:format_tags", "-of", "default=noprint_wrappers=1", Audio(performance)], CancellationToken.None);
        var facts = report.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0].Replace("TAG:", "", StringComparison.Ordinal), pair => pair[1], StringComparer.OrdinalIgnoreCase);
        Assert.Equal(performance.Score.Title, facts["title"]);
        Assert.Equal(performance.Score.Artist, facts["artist"]);
        Assert.Equal("MusicSocial Demo", facts["album"]);
        Assert.Equal(performance.Score.Date, facts["date"]);
        var seconds = performance.Tempo.TimeAt(performance.EndTick).TotalSeconds + SongRenderer.TailSeconds;
        Assert.Equal(seconds, double.Parse(facts["duration"], CultureInfo.InvariantCulture), 0.1);
    }

    [Theory]
    [MemberData(nameof(Songs))]
    public async Task A_song_is_as_loud_as_the_others_and_never_clips(string song)
    {
        var loudness = await Loudness.MeasureAsync(Audio(SongShelf.Find(song)), CancellationToken.None);
        Assert.Equal(Mixdown.TargetLufs, loudness.Lufs, 0.5);
        Assert.InRange(loudness.TruePeak, -12, Mixdown.PeakCeiling);
    }

    [Theory]
    [MemberData(nameof(Songs))]
    public async Task The_tune_is_heard_at_the_times_of_the_score(string song)
    {
        using var scratch = new Scratch();
        var performance = SongShelf.Find(song);
        await Command.RunAsync("ffmpeg", ["-v", "error", "-i", Audio(performance), "-ac", "1", "-ar", "16000", "-c:a", "pcm_f32le", scratch.File("song.wav")], CancellationToken.None);
        var hearing = new Hearing(Wave.Read(scratch.File("song.wav")));
        Assert.InRange(hearing.LongestSilence(Silence), 0, 1.5);
        var notes = Tune(performance);
        var heard = notes.Count(note => IsHeard(performance, hearing, note, 0));
        var elsewhere = notes.Count(note => IsHeard(performance, hearing, note, 1));
        Assert.True(notes.Length >= 40, $"only {notes.Length} notes to listen to");
        Assert.True(heard >= notes.Length * 0.85, $"{heard} of {notes.Length} notes stand out at their time");
        Assert.True(heard > elsewhere * 2, $"{elsewhere} of {notes.Length} stand out a semitone higher, {heard} in tune");
    }

    [Fact]
    public void The_whole_library_stays_small() =>
        Assert.InRange(Directory.EnumerateFiles(SongShelf.Library).Sum(path => new FileInfo(path).Length), 1, 15 * 1024 * 1024);

    [Fact]
    public void Every_song_has_its_audio_and_its_cover_and_the_notice_names_it()
    {
        var notice = File.ReadAllText(Path.Combine(SongShelf.Library, "NOTICE.md"));
        Assert.Equal(Notice.Write([.. SongShelf.All().Select(song => song.Score)]), notice);
        Assert.All(SongShelf.All(), song => Assert.True(File.Exists(Audio(song)) && File.Exists(Path.ChangeExtension(Audio(song), ".webp")), song.Score.Title));
    }

    private static string Audio(Performance performance) => Path.Combine(SongShelf.Library, performance.Score.Title + ".webm");

    /// <summary>The notes that carry words, or all notes of an instrumental; those long enough, and alone enough, to tell semitones apart.</summary>
    private static PlayedNote[] Tune(Performance performance)
    {
        var sung = performance.Lines.SelectMany(line => line.Words).SelectMany(word => word.Syllables).SelectMany(syllable => syllable.Notes).ToArray();
        return [.. (sung.Length > 0 ? sung : performance.Notes).Where(note =>
            Seconds(performance, note.EndTick) - Seconds(performance, note.Tick) > 0.2 && !performance.Notes.Any(other => Rubs(note, other)))];
    }

    /// <summary>Whether another voice sounds a semitone away (in any octave) while the note does.</summary>
    private static bool Rubs(PlayedNote note, PlayedNote other) =>
        other.Tick < note.EndTick && other.EndTick > note.Tick && Math.Abs(other.Key - note.Key) % 12 is (1 or 11);

    /// <summary>Whether the note's tone (moved by some semitones), or its octave, is stronger than the tones a semitone beside it.</summary>
    private static bool IsHeard(Performance performance, Hearing hearing, PlayedNote note, int moved)
    {
        var key = note.Key + moved + (performance.Score.Parts[note.Part].Sings?.Transpose ?? 0);
        var (from, to) = (Seconds(performance, note.Tick) + 0.03, Math.Min(Seconds(performance, note.EndTick), Seconds(performance, note.Tick) + 0.6));
        double Strength(int away) => hearing.Tone(Pitch.Hertz(key + away), from, to) + hearing.Tone(Pitch.Hertz(key + away + 12), from, to);
        return Strength(0) > 1.2 * Math.Max(Strength(-1), Strength(1));
    }

    private static double Seconds(Performance performance, long tick) => performance.Tempo.TimeAt(tick).TotalSeconds;
}
