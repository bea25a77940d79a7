namespace MusicSocial.Lyrics.Tests.Lrc;

public sealed class LrcReaderTests
{
    [Theory]
    [InlineData("[00:01]", 1_000)]
    [InlineData("[0:1]", 1_000)]
    [InlineData("[00:01.]", 1_000)]
    [InlineData("[00:01.5]", 1_500)]
    [InlineData("[00:01,5]", 1_500)]
    [InlineData("[00:01.05]", 1_050)]
    [InlineData("[00:01.005]", 1_005)]
    [InlineData("[00:01.0004]", 1_000)]
    [InlineData("[00:01.0005]", 1_001)]
    [InlineData("[00:01.9999]", 2_000)]
    [InlineData("[00:75.00]", 75_000)]
    [InlineData("[61:01.00]", 3_661_000)]
    [InlineData("[1:02:03.4]", 3_723_400)]
    [InlineData("[1:02:03]", 62_030)]
    [InlineData("[01:02:003]", 62_003)]
    [InlineData("[100:00:00.00]", 360_000_000)]
    public void A_stamp_is_read_to_the_millisecond(string stamp, int milliseconds) =>
        Assert.Equal([(milliseconds, "x")], Sheets.Read(stamp + "x").Lines());

    [Theory]
    [InlineData("[100:00:00.01]")]
    [InlineData("[6000:00.01]")]
    [InlineData("[00:-1.00]")]
    [InlineData("[:01.00]")]
    [InlineData("[00:]")]
    [InlineData("[00.01]")]
    [InlineData("[1:2:3:4]")]
    [InlineData("[٠٠:٠١.٠٠]")]
    public void What_is_no_time_drops_its_line_with_a_warning(string stamp)
    {
        var sheet = Sheets.Read($"[00:01.00]kept\n{stamp}lost", LyricFormat.Lrc);

        Assert.Equal([(1_000, "kept")], sheet.Lines());
        Assert.Equal([new LyricWarning(LyricWarnings.UntimedLine, 2)], sheet.Warnings.AsEnumerable());
    }

    [Fact]
    public void Every_way_to_end_a_line_is_understood() =>
        Assert.Equal([(1_000, "a"), (2_000, "b"), (3_000, "c"), (4_000, "d")], Sheets.Read("[0:1]a\r\n[0:2]b\r[0:3]c\n\r\n[0:4]d").Lines());

    [Fact]
    public void Equal_stamps_keep_the_order_of_the_file() =>
        Assert.Equal(
            [(1_000, "first"), (1_000, "second"), (1_000, "third"), (2_000, "b")],
            Sheets.Read("[0:2]b\n[0:1]first\n[0:1]second\n[0:1]third").Lines());

    [Fact]
    public void Repeated_stamps_shift_the_words_too()
    {
        var sheet = Sheets.Read("[00:10.00][00:01.00]<00:01.00>a <00:01.50>b<00:02.00>");

        Assert.Equal([(1_000, "a b"), (10_000, "a b")], sheet.Lines());
        Assert.Equal([(1_000, 1_500, "a "), (1_500, 2_000, "b")], sheet.Lines[0].Words());
        Assert.Equal([(10_000, 10_500, "a "), (10_500, 11_000, "b")], sheet.Lines[1].Words());
    }

    [Fact]
    public void Background_vocals_follow_the_line_they_accompany_whenever_they_start()
    {
        var sheet = Sheets.Read("[00:05.00]v2: late\n[bg: <00:09.00>ooh <00:09.50>ah]\n[00:01.00]early\n[00:07.00]later");

        Assert.Equal([(1_000, "early"), (5_000, "late"), (9_000, "ooh ah"), (7_000, "later")], sheet.Lines());
        Assert.Equal(LyricLine.Background, sheet.Lines[2].Role);
        Assert.Equal("v2", sheet.Lines[2].Agent);
    }

    [Fact]
    public void Text_before_the_first_word_mark_starts_with_the_line()
    {
        var line = Assert.Single(Sheets.Read("[00:01.00]Oh <00:02.00>yes").Lines);

        Assert.Equal([(1_000, 2_000, "Oh "), (2_000, null, "yes")], line.Words());
    }

    [Fact]
    public void Bracket_stamps_after_text_are_words_only_if_the_line_ends_with_one()
    {
        var sheet = Sheets.Read("[0:1]Hel[0:2]lo [0:3]you[0:4]\n[0:5]at [0:6] sharp");

        Assert.Equal([(1_000, 2_000, "Hel"), (2_000, 3_000, "lo "), (3_000, 4_000, "you")], sheet.Lines[0].Words());
        Assert.Equal("at [0:6] sharp", sheet.Lines[1].Text);
        Assert.Empty(sheet.Lines[1].Words);
    }

    [Fact]
    public void Several_tags_may_share_a_line_and_values_may_hold_brackets()
    {
        var sheet = Sheets.Read("[ti:Song [live]][ar:Someone]\n[0:1]x");

        Assert.Equal("Song [live]", sheet.Metadata["ti"]);
        Assert.Equal("Someone", sheet.Metadata["ar"]);
    }

    [Fact]
    public void A_translation_without_a_line_is_dropped_with_a_warning()
    {
        var sheet = Sheets.Read("[0:1]a\n[0:2][tr:de]b\n[0:1][tr]c");

        Assert.Equal("c", Assert.Single(sheet.Lines).Translations["und"]);
        Assert.Equal([new LyricWarning(LyricWarnings.StrayTranslation, 2)], sheet.Warnings.AsEnumerable());
    }

    [Fact]
    public void Too_many_lines_are_refused_with_the_line_that_was_one_too_many()
    {
        var text = string.Concat(Enumerable.Repeat("[0:1]a\n", LyricLimits.Lines + 1));

        var refusal = Assert.Throws<LyricRefusedException>(() => Sheets.Read(text));

        Assert.Equal((LyricRefusals.TooManyLines, LyricLimits.Lines + 1), (refusal.Code, refusal.Line));
    }

    [Fact]
    public void A_line_without_a_time_goes_on_with_the_one_above() =>
        Assert.Equal([(1_000, "down by the\nriverside"), (3_000, "again")], Sheets.Read("[00:01.00]down by the\nriverside\n[00:03.00]again").Lines());

    [Fact]
    public void A_time_on_a_line_of_its_own_belongs_to_the_words_below_it() =>
        Assert.Equal([(1_000, "first\nErste"), (3_000, "second")], Sheets.Read("[00:01.00]\nfirst\nErste\n[00:03.00]\nsecond").Lines());

    [Fact]
    public void The_words_of_a_line_that_goes_on_still_make_its_text()
    {
        var line = Sheets.Read("[00:01.00]<00:01.00>one <00:01.50>two\nthree").Lines[0];

        Assert.Equal(("one two\nthree", "one two\nthree"), (line.Text, string.Concat(line.Words.Select(word => word.Text))));
    }

    [Fact]
    public void A_line_of_words_may_end_with_its_end_in_brackets()
    {
        var line = Sheets.Read("[00:01.00]One <00:01.50>two[00:03.00]\n[00:04.00]x[00:05.00]").Lines[0];

        Assert.Equal("One two", line.Text);
        Assert.Equal([(1_000, 1_500, "One "), (1_500, 3_000, "two")], line.Words());
    }

    [Theory]
    [InlineData("Rock &amp; roll, don&apos;t", "Rock & roll, don't")]
    [InlineData("N&auml;chte &#39;n&#x27;", "N\u00e4chte 'n'")]
    [InlineData("a&nbsp;b &amp;quot;c&amp;quot;", "a b \"c\"")]
    [InlineData("AT&T; R&B & x", "AT&T; R&B & x")]
    [InlineData("&#1;a&#x202e;b", "ab")]
    public void Entities_of_lyric_sites_are_resolved(string written, string text)
    {
        Assert.Equal([(1_000, text)], Sheets.Read($"[00:01.00]{written}").Lines());
        Assert.Equal([(1_000, text)], Sheets.Read($"1\n00:00:01,000 --> 00:00:02,000\n{written}").Lines());
        Assert.Equal(text, Sheets.Read(written, LyricFormat.Text).Lines[0].Text);
    }

    [Fact]
    public void Control_characters_and_marks_that_turn_directions_are_taken_out() =>
        Assert.Equal([(1_000, "abcde")], Sheets.Read("[00:01.00]a\u0000b\u0001c\u001fd\u202e\u2066e").Lines());
}
