using MusicSocial.DemoMusic.Performances;
using MusicSocial.DemoMusic.Rendering;
using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic.Tests.Rendering;

/// <summary>Renders anew with the installed tools (test.sh installs them) and listens.</summary>
public sealed class RenderingTests
{
    [Fact]
    public void The_audio_tools_are_installed() => Assert.Null(AudioTools.Missing());

    [Fact]
    public async Task Struck_notes_sound_when_the_score_says()
    {
        using var scratch = new Scratch();
        var performance = SongShelf.Find("prelude-bwv-846");
        await SongRenderer.BandAsync(performance, scratch.Path, scratch.File("band.wav"), CancellationToken.None);
        var hearing = new Hearing(Wave.Read(scratch.File("band.wav")));
        double[] errors = [.. performance.Notes.Skip(8).Take(480)
            .Select(note => performance.Tempo.TimeAt(note.Tick).TotalSeconds)
            .Select(due => Math.Abs(hearing.Attack(due, 0.06) - due))
            .Order()];
        Assert.InRange(errors[errors.Length / 2], 0, 0.010);
        Assert.InRange(errors[errors.Length * 95 / 100], 0, 0.030);
    }

    [Fact]
    public async Task The_voice_sings_each_syllable_on_its_note()
    {
        using var scratch = new Scratch();
        var song = SongShelf.Find("amazing-grace");
        var verse = song with { Lines = [.. song.Lines.Take(4)] };
        var voice = await FestivalSinger.SingAsync(verse, "solo", verse.Score.Parts["solo"].Sings!, scratch.Path, CancellationToken.None);
        var hearing = new Hearing(voice);
        var notes = verse.Lines.SelectMany(line => line.Words).SelectMany(word => word.Syllables).SelectMany(syllable => syllable.Notes).ToArray();
        double[] cents = [.. notes.Select(note => Math.Abs(CentsOff(verse, hearing, note)))];
        Assert.True(cents.Count(off => off < 80) >= notes.Length * 0.9, string.Join(' ', cents.Select(off => $"{off:0}")));
    }

    [Fact]
    public async Task Between_lines_the_voice_is_silent_and_in_them_it_is_not()
    {
        using var scratch = new Scratch();
        var song = SongShelf.Find("amazing-grace");
        var verse = song with { Lines = [.. song.Lines.Take(2)] };
        var hearing = new Hearing(await FestivalSinger.SingAsync(verse, "solo", verse.Score.Parts["solo"].Sings!, scratch.Path, CancellationToken.None));
        Assert.Equal(0, hearing.Energy(0, Seconds(verse, verse.Lines[0].Tick) - 0.3), 3);
        foreach (var word in verse.Lines.SelectMany(line => line.Words))
            Assert.True(hearing.Energy(Seconds(verse, word.Tick), Seconds(verse, word.EndTick)) > 0.02, word.Text);
    }

    private static double CentsOff(Performance performance, Hearing hearing, PlayedNote note)
    {
        var (from, to) = (Seconds(performance, note.Tick), Seconds(performance, note.EndTick));
        var wanted = Pitch.Hertz(note.Key + performance.Score.Parts[note.Part].Sings!.Transpose);
        var heard = hearing.Fundamental(from + (to - from) * 0.3, from + (to - from) * 0.8, wanted / 1.6, wanted * 1.6);
        return 1200 * Math.Log2(heard / wanted);
    }

    private static double Seconds(Performance performance, long tick) => performance.Tempo.TimeAt(tick).TotalSeconds;
}
