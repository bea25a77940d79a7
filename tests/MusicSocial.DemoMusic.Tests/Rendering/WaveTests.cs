using MusicSocial.DemoMusic.Rendering;
using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic.Tests.Rendering;

public sealed class WaveTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        using var scratch = new Scratch();
        var wave = new Wave(48_000, 2, [0, 0.5f, -1, 1, 0.25f, -0.125f]);
        wave.Write(scratch.File("a.wav"));
        var read = Wave.Read(scratch.File("a.wav"));
        Assert.Equal((48_000, 2), (read.Rate, read.Channels));
        Assert.Equal(wave.Samples, read.Samples);
    }

    [Fact]
    public void Rests_do_not_make_a_part_seem_softer()
    {
        var loud = Enumerable.Repeat(0.5f, 48_000).ToArray();
        Assert.Equal(new Wave(48_000, 1, loud).Loudness(), new Wave(48_000, 1, [.. loud, .. new float[480_000]]).Loudness(), 0.02);
    }

    [Fact]
    public void Other_files_are_refused()
    {
        using var scratch = new Scratch();
        File.WriteAllText(scratch.File("a.wav"), "This is not a sound at all.");
        Assert.Throws<FormatException>(() => Wave.Read(scratch.File("a.wav")));
    }

    [Fact]
    public void A_room_dies_away_and_is_the_same_room_for_the_same_seed()
    {
        var room = new Room(2, 0.3);
        var impulse = RoomSound.Impulse(room, 7);
        Assert.Equal(impulse.Samples, RoomSound.Impulse(room, 7).Samples);
        var hearing = new Hearing(impulse);
        Assert.True(hearing.Energy(0.05, 0.3) > 50 * hearing.Energy(1.6, 1.9));
    }
}
