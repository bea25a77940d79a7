namespace MusicSocial.Lyrics.Tests.Ttml;

public sealed class TtmlReaderTests
{
    [Theory]
    [InlineData("1s", 1_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("90m", 5_400_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("250ms", 250)]
    [InlineData("0.5005s", 501)]
    [InlineData("0.5005", 501)]
    [InlineData("1.00049s", 1_000)]
    [InlineData("15f", 500)]
    [InlineData("20t", 20_000)]
    [InlineData("7.25", 7_250)]
    [InlineData("1:02.5", 62_500)]
    [InlineData("01:00:00:15", 3_600_500)]
    public void A_time_expression_is_read_to_the_millisecond(string time, int milliseconds) =>
        Assert.Equal([(milliseconds, "x")], Sheets.Read($"<tt><body><p begin='{time}'>x</p></body></tt>").Lines());

    [Fact]
    public void Only_times_with_units_count_from_the_parent() =>
        Assert.Equal(
            [(5_000, "bare"), (6_000, "clock"), (15_000, "unit")],
            Sheets.Read("<tt><body begin='10s'><div><p begin='5'>bare</p><p begin='00:06'>clock</p><p begin='5s'>unit</p></div></body></tt>").Lines());

    [Fact]
    public void A_span_time_that_lies_outside_of_its_line_counts_from_it()
    {
        var sheet = Sheets.Read("<tt><body><p begin='10s' end='20s'><span begin='1s' end='2s'>a</span> <span begin='12s' end='13s'>b</span></p></body></tt>");

        Assert.Equal([(11_000, 12_000, "a "), (12_000, 13_000, "b")], sheet.Lines[0].Words());
    }

    [Fact]
    public void Translations_and_romanisations_in_the_head_go_to_the_lines_of_their_keys()
    {
        var sheet = Sheets.Read("""
            <tt xmlns:itunes="http://music.apple.com/lyric-ttml-internal" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"><head><metadata><iTunesMetadata>
            <translations><translation xml:lang="en"><text for="L1">Spring <span ttm:role="x-bg">(day)</span></text></translation></translations>
            <transliterations><transliteration xml:lang="ja-Latn"><text for="L1"><span begin="1s">ha</span><span begin="2s">ru</span></text></transliteration></transliterations>
            </iTunesMetadata></metadata></head><body><div><p begin="1s" end="5s" itunes:key="L1"><span begin="1s" end="2s">春</span><span
            ttm:role="x-bg"><span begin="3s" end="4s">日</span></span></p></div></body></tt>
            """);

        Assert.Equal("Spring", sheet.Lines[0].Translations["en"]);
        Assert.Equal("haru", sheet.Lines[0].Romanisations["ja-Latn"]);
        Assert.Equal("(day)", sheet.Lines[1].Translations["en"]);
        Assert.Equal(LyricLine.Background, sheet.Lines[1].Role);
    }

    [Fact]
    public void Text_between_spans_belongs_to_the_word_before_it()
    {
        var line = Assert.Single(Sheets.Read("<tt><body><p begin='1s' end='9s'>(<span begin='1s'>Hey</span>, <span begin='2s'>you</span>)</p></body></tt>").Lines);

        Assert.Equal([(1_000, 2_000, "(Hey, "), (2_000, null, "you)")], line.Words());
    }

    [Theory]
    [InlineData("<html/>", LyricRefusals.NotTtml)]
    [InlineData("no xml at all", LyricRefusals.NotTtml)]
    [InlineData("<tt><body><p>", LyricRefusals.InvalidXml)]
    [InlineData("<tt>&nbsp;</tt>", LyricRefusals.InvalidXml)]
    [InlineData("<tt/>", LyricRefusals.Empty)]
    [InlineData("<?xml version='1.0'?><!-- --><!DOCTYPE tt><tt/>", LyricRefusals.DtdProhibited)]
    public void What_cannot_be_read_is_refused(string xml, string code) => Assert.Equal(code, Sheets.Refusal(xml, LyricFormat.Ttml));

    [Fact]
    public void Broken_xml_is_refused_with_its_line() =>
        Assert.Equal(3, Assert.Throws<LyricRefusedException>(() => Sheets.Read("<tt>\n<body>\n</p>", LyricFormat.Ttml)).Line);

    [Fact]
    public void An_element_has_a_hundred_attributes_at_most()
    {
        static string Song(int attributes) =>
            $"<tt xmlns=\"http://www.w3.org/ns/ttml\">\n<!-- '<a \" --><body><div><p begin=\"1s\" {string.Join(' ', Enumerable.Range(2, attributes - 1).Select(n => $"a{n}='>'"))}>One</p></div></body></tt>";

        var refusal = Assert.Throws<LyricRefusedException>(() => Sheets.Read(Song(101)));

        Assert.Equal([(1_000, "One")], Sheets.Read(Song(100)).Lines());
        Assert.Equal((LyricRefusals.InvalidXml, 2), (refusal.Code, refusal.Line));
    }
}
