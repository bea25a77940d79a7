using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace MusicSocial.Lyrics.Tests;

public sealed class OffsetTests
{
    [Fact]
    public void An_offset_and_its_opposite_change_nothing_where_nothing_is_clamped() =>
        Prop.ForAll(SheetGen.Normal().ToArbitrary(), Gen.Choose(-1_000_000, 1_000_000).ToArbitrary(), (sheet, offsetMs) =>
        {
            var later = sheet.WithOffset(-1_000_000);
            return later.WithOffset(offsetMs).WithOffset(-offsetMs).Equals(later);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_offset_moves_words_as_it_moves_lines_and_never_below_zero()
    {
        var sheet = LyricReader.Read(Encoding.UTF8.GetBytes("[offset:1500]\n[00:01.00]<00:01.00>a <00:02.00>b<00:03.00>"));

        var line = Assert.Single(sheet.Lines);
        Assert.Equal(0, line.StartMs);
        Assert.Equal([new LyricWord(0, 500, "a "), new LyricWord(500, 1500, "b")], line.Words.AsEnumerable());
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    [InlineData("+-5")]
    public void An_offset_that_is_no_number_of_milliseconds_is_ignored_with_a_warning(string value)
    {
        var sheet = LyricReader.Read(Encoding.UTF8.GetBytes($"[offset:{value}]\n[00:01.00]a"));

        Assert.Equal(1000, sheet.Lines[0].StartMs);
        Assert.Equal([new LyricWarning(LyricWarnings.BadOffset, 1)], sheet.Warnings.AsEnumerable());
    }
}
