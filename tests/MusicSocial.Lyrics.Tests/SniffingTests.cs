namespace MusicSocial.Lyrics.Tests;

public sealed class SniffingTests
{
    [Theory]
    [InlineData("[ti:x]\n\n[0,90]Morning(0,40) (40,10)dew(50,40)", "Morning dew")]
    [InlineData("{\"t\":0,\"c\":[]}\n[0,90](0,40,0)Morning (50,40,0)dew", "Morning dew")]
    [InlineData("[ar:x]\n[0,90]<0,40,0>Morning <50,40,0>dew", "Morning dew")]
    [InlineData("\n\n[00:01.00]<00:01.00>Morning <00:02.00>dew", "Morning dew")]
    [InlineData("<00:01.00>Morning <00:02.00>dew", "Morning dew")]
    [InlineData("  \n<tt:tt xmlns:tt='http://www.w3.org/ns/ttml'><tt:body><tt:p begin='1s'>Morning dew</tt:p></tt:body></tt:tt>", "Morning dew")]
    [InlineData("00:01:02,000 --> 00:01:03,000\nMorning dew", "Morning dew")]
    [InlineData("---\nversion: '1.0'\nlines:\n- {text: Morning dew, start_ms: 5}", "Morning dew")]
    public void The_content_tells_the_format(string text, string line)
    {
        var sheet = Sheets.Read(text);

        Assert.True(sheet.Synced);
        Assert.Equal(line, Assert.Single(sheet.Lines).Text);
    }

    [Theory]
    [InlineData("[Chorus: all]\nLa la", "[Chorus: all]")]
    [InlineData("version: of the truth\nLa la", "version: of the truth")]
    [InlineData("<b>bold</b>", "<b>bold</b>")]
    [InlineData("Meet me --> there", "Meet me --> there")]
    public void Words_that_look_a_bit_like_a_format_are_plain_text(string text, string first)
    {
        var sheet = Sheets.Read(text);

        Assert.False(sheet.Synced);
        Assert.Equal(first, sheet.Lines[0].Text);
    }

    [Fact]
    public void Wire_names_and_file_names_name_formats()
    {
        Assert.All(Enum.GetValues<LyricFormat>(), format => Assert.Equal(format, LyricFormats.FromWireName(format.WireName())));
        Assert.All(Enum.GetValues<LyricOutput>(), output => Assert.Equal(output, LyricOutputs.FromWireName(output.WireName())));
        Assert.Equal(LyricFormat.Lrc, LyricFormats.FromFileName("/music/a song.LRC"));
        Assert.Null(LyricFormats.FromFileName("song.flac"));
        Assert.Null(LyricFormats.FromWireName("mp3"));
    }
}
