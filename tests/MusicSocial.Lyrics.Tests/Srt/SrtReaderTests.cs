namespace MusicSocial.Lyrics.Tests.Srt;

public sealed class SrtReaderTests
{
    [Fact]
    public void Blocks_without_numbers_with_points_and_with_two_lines_are_read() =>
        Assert.Equal(
            [(1_000, "one\ntwo"), (3_000, "three")],
            Sheets.Read("00:00:01.000 --> 00:00:02.000\r\none\r\ntwo\r\n\r\n7\r\n00:00:03,000 --> 00:00:04,000 X1:0\r\nthree").Lines());

    [Fact]
    public void Its_own_markup_is_taken_off_and_other_markup_is_text() =>
        Assert.Equal(
            [(1_000, "Hey <you> {x} 1<2")],
            Sheets.Read("1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>Hey</i> <font color=\"red\"><you></font> {x} 1<2").Lines());

    [Fact]
    public void An_end_before_the_start_is_the_start() =>
        Assert.Equal(5_000, Sheets.Read("1\n00:00:05,000 --> 00:00:02,000\nx").Lines[0].EndMs);

    [Fact]
    public void A_broken_block_is_skipped_with_a_warning() =>
        Assert.Equal(
            [new LyricWarning(LyricWarnings.BadTime, 2)],
            Sheets.Read("1\nbad --> time\nx\n\n2\n00:00:01,000 --> 00:00:02,000\ny", LyricFormat.Srt).Warnings.AsEnumerable());

    [Fact]
    public void A_block_begins_also_where_the_blank_line_before_it_is_missing() =>
        Assert.Equal(
            [(1_000, "one\n2 or 3"), (3_000, "99"), (5_000, "4")],
            Sheets.Read(
                "1\n00:00:01,000 --> 00:00:02,000\none\n2 or 3\n2\n00:00:03,000 --> 00:00:04,000\n99\n\n3\n00:00:05,000 --> 00:00:06,000\n4").Lines());
}
