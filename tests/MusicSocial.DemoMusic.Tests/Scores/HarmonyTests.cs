using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic.Tests.Scores;

public sealed class HarmonyTests
{
    [Fact]
    public void Chords_share_their_bar()
    {
        var chords = Harmony.Parse("G | C D7", 4);
        Assert.Equal([(0.0, 4.0), (4.0, 2.0), (6.0, 2.0)], chords.Select(chord => (chord.Beat, chord.Beats)));
    }

    [Fact]
    public void Tones_are_counted_upwards_from_the_register()
    {
        var chord = Harmony.Parse("G/B", 3).Single();
        Assert.Equal([62, 67, 71, 74], Enumerable.Range(0, 4).Select(i => chord.Tone(i, Pitch.Key("C4"))));
        Assert.Equal(Pitch.Key("B1"), chord.BassKey(0));
    }

    [Fact]
    public void Exact_keys_are_taken_as_written()
    {
        var chord = Harmony.Parse("[C4 E4 G4 C5 E5]", 4).Single();
        Assert.Equal([60, 64, 67, 72, 76], Enumerable.Range(0, 5).Select(i => chord.Tone(i, 0)));
    }

    [Theory]
    [InlineData("Gx9")]
    [InlineData("X")]
    public void An_unknown_chord_is_refused(string symbol) => Assert.Throws<FormatException>(() => Harmony.Parse(symbol, 4));
}
