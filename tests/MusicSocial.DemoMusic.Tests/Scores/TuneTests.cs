using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic.Tests.Scores;

public sealed class TuneTests
{
    [Fact]
    public void A_line_goes_on_where_the_line_before_it_ended()
    {
        var lines = Tune.Parse(["@-1 D4:1 | G4:2", "r:.5 B4:.5+G4:.5"]);
        Assert.Equal(-1, lines[0].Syllables[0][0].Beat);
        Assert.Equal(new TuneNote(2.5, 0.5, 71), lines[1].Syllables[0][0]);
        Assert.Equal(new TuneNote(3, 0.5, 67), lines[1].Syllables[0][1]);
    }

    [Theory]
    [InlineData("C4", 60)]
    [InlineData("A4", 69)]
    [InlineData("F#3", 54)]
    [InlineData("Bb5", 82)]
    [InlineData("Cb4", 59)]
    public void Notes_have_their_midi_keys(string name, int key) => Assert.Equal(key, Pitch.Key(name));

    [Theory]
    [InlineData("H4:1")]
    [InlineData("C4")]
    [InlineData("C:1")]
    [InlineData("C4:one")]
    public void A_note_that_cannot_be_read_is_refused(string note) => Assert.Throws<FormatException>(() => Tune.Parse([note]));
}
