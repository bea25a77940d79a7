namespace MusicSocial.Lyrics.Tests.Lyricsfile;

public sealed class LyricsfileReaderTests
{
    [Fact]
    public void Without_timed_lines_the_plain_text_is_read() =>
        Assert.Equal(
            [(null, "[Verse 1]"), (null, "La la la")],
            Sheets.Read("version: '1.0'\nmetadata:\n  title: x\nlines: []\nplain: |\n  [Verse 1]\n\n  La la la\n").Lines());

    [Fact]
    public void The_offset_is_applied() =>
        Assert.Equal(
            [(500, "a")],
            Sheets.Read("version: 1.0\nmetadata: {offset_ms: 500}\nlines:\n- {text: a, start_ms: 1000}\n").Lines());

    [Fact]
    public void Words_make_the_text_and_unknown_keys_are_passed_over()
    {
        var line = Assert.Single(Sheets.Read("""
            version: "1.1"
            extra: {deep: [1, {er: 2}]}
            lines:
              - text: something else
                start_ms: 10
                future: [1, 2]
                words: [{text: 'La ', start_ms: 10}, {text: lo, start_ms: 20, end_ms: 30}]
            """).Lines);

        Assert.Equal("La lo", line.Text);
        Assert.Equal([(10, 20, "La "), (20, 30, "lo")], line.Words());
    }

    [Fact]
    public void Words_written_without_their_blanks_get_those_of_the_line()
    {
        var line = Assert.Single(Sheets.Read("""
            version: "1.0"
            lines:
              - text: "La  la, lo "
                start_ms: 10
                words: [{text: La, start_ms: 10}, {text: "la,", start_ms: 20}, {text: " lo ", start_ms: 30}]
            """).Lines);

        Assert.Equal("La la, lo", line.Text);
        Assert.Equal([(10, 20, "La "), (20, 30, "la, "), (30, null, "lo")], line.Words());
    }

    [Theory]
    [InlineData("version: '2.0'\nlines: []", LyricRefusals.UnsupportedVersion)]
    [InlineData("lines: []", LyricRefusals.UnsupportedVersion)]
    [InlineData("version: '1.0'\nlines: []\nplain: ''", LyricRefusals.Empty)]
    [InlineData("version: '1.0'\nlines: {a: b}", LyricRefusals.InvalidYaml)]
    [InlineData("version: '1.0'\nlines: [", LyricRefusals.InvalidYaml)]
    [InlineData("- version", LyricRefusals.InvalidYaml)]
    [InlineData("version: &v '1.0'\nplain: *v", LyricRefusals.InvalidYaml)]
    public void What_cannot_be_read_is_refused(string yaml, string code) => Assert.Equal(code, Sheets.Refusal(yaml, LyricFormat.Lyricsfile));
}
