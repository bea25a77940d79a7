namespace MusicSocial.Lyrics.Tests.WebVtt;

public sealed class VttReaderTests
{
    [Fact]
    public void Inline_stamps_begin_words()
    {
        var line = Assert.Single(Sheets.Read("WEBVTT\n\n00:01.000 --> 00:04.000\nOne <00:02.000><c>two</c> <00:03.000>&lt;three&gt;").Lines);

        Assert.Equal([(1_000, 2_000, "One "), (2_000, 3_000, "two "), (3_000, null, "<three>")], line.Words());
        Assert.Equal(4_000, line.EndMs);
    }

    [Fact]
    public void Notes_styles_and_regions_are_passed_over_and_the_language_is_read()
    {
        var sheet = Sheets.Read(
            "WEBVTT x\nKind: captions\nLanguage: pt-BR\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\nNOTE\nnot\nthis\n\n00:01.000 --> 00:02.000\nthis");

        Assert.Equal([(1_000, "this")], sheet.Lines());
        Assert.Equal("pt-BR", sheet.Language);
    }

    [Fact]
    public void An_arrow_ends_a_cue_as_a_blank_line_does() =>
        Assert.Equal(
            [(1_000, "one"), (3_000, "two")],
            Sheets.Read("WEBVTT\n\n00:01.000 --> 00:02.000\none\n00:03.000 --> 00:04.000\ntwo").Lines());

    [Fact]
    public void How_a_word_is_read_is_not_sung() =>
        Assert.Equal(
            [(1_000, "漢字です")],
            Sheets.Read("WEBVTT\n\n00:01.000 --> 00:02.000\n<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>です").Lines());

    [Theory]
    [InlineData("WEBVTTX\n\n")]
    [InlineData("webvtt\n\n00:01.000 --> 00:02.000\nx")]
    public void The_signature_is_asked_for(string text) => Assert.Equal(LyricRefusals.NotVtt, Sheets.Refusal(text, LyricFormat.WebVtt));

    [Fact]
    public void Rolling_captions_show_each_line_once_with_the_times_of_its_words()
    {
        var sheet = Sheets.Read(
            "WEBVTT\nKind: captions\nLanguage: en\n\n" +
            "00:00:01.000 --> 00:00:03.000 align:start position:0%\n \nsail<00:00:01.400><c> away</c><00:00:02.000><c> now</c>\n\n" +
            "00:00:03.000 --> 00:00:03.010 align:start position:0%\nsail away now\n \n\n" +
            "00:00:03.010 --> 00:00:05.000 align:start position:0%\nsail away now\nhome<00:00:03.900><c> again</c>\n\n" +
            "00:00:05.000 --> 00:00:05.010 align:start position:0%\nhome again\n \n");

        Assert.Equal([(1_000, "sail away now"), (3_010, "home again")], sheet.Lines());
        Assert.Equal([1_000, 1_400, 2_000], sheet.Lines[0].Words.Select(word => word.StartMs));
    }

    [Fact]
    public void A_line_that_is_sung_twice_stays_twice() =>
        Assert.Equal(
            [(1_000, "la la"), (2_000, "la la")],
            Sheets.Read("WEBVTT\n\n00:01.000 --> 00:02.000\nla la\n\n00:02.000 --> 00:03.000\nla la\n").Lines());
}
