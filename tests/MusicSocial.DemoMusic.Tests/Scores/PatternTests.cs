using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic.Tests.Scores;

public sealed class PatternTests
{
    [Fact]
    public void Strokes_follow_each_other()
    {
        var pattern = Pattern.Parse("b:1~! 13:.5? r:.5 x:1", percussion: false);
        Assert.Equal(3, pattern.Beats);
        Assert.Equal([0, 1, 1.5, 2], pattern.Strokes.Select(stroke => stroke.Beat));
        Assert.True(pattern.Strokes[0] is { Tones: PatternTones.Bass, Rings: true, Accent: > 1 });
        Assert.Equal([0, 2], pattern.Strokes[1].Steps);
    }

    [Fact]
    public void Percussion_names_keys() => Assert.Equal([36, 42], Pattern.Parse("36,42:1", percussion: true).Strokes[0].Steps);

    [Theory]
    [InlineData("q:1")]
    [InlineData("b")]
    public void A_stroke_that_cannot_be_read_is_refused(string stroke) => Assert.Throws<FormatException>(() => Pattern.Parse(stroke, percussion: false));
}
