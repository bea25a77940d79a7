using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace MusicSocial.Lyrics.Tests;

public sealed class RoundTripTests
{
    [Fact]
    public void Lrc_keeps_lines_and_texts() => AssertKept(
        LyricOutput.Lrc,
        line => line.IsBackground ? null : new LyricLine { StartMs = line.StartMs, Text = line.Text });

    [Fact]
    public void Enhanced_lrc_keeps_words_singers_background_vocals_and_translations() => AssertKept(
        LyricOutput.EnhancedLrc,
        line => line.IsBackground && line.Words.IsEmpty ? null : line with { EndMs = null, Romanisations = LyricLine.NoTexts });

    [Fact]
    public void Ttml_keeps_everything() => AssertKept(LyricOutput.Ttml, line => line);

    [Fact]
    public void Web_vtt_keeps_words_voices_and_background_vocals() => AssertKept(
        LyricOutput.WebVtt,
        line => line with { Translations = LyricLine.NoTexts, Romanisations = LyricLine.NoTexts });

    [Theory]
    [InlineData(LyricOutput.Ttml)]
    [InlineData(LyricOutput.WebVtt)]
    public void Formats_that_must_say_ends_show_the_same_lines_at_the_same_time(LyricOutput output) =>
        Prop.ForAll(SheetGen.Normal().ToArbitrary(), full =>
        {
            var sheet = full with { Lines = [.. full.Lines.Where(line => !line.IsBackground).Select(line => line with { EndMs = null })] };
            var again = Again(sheet, output, new LyricWriting { DurationMs = 900_000 });
            var before = new ActiveLines(sheet, 900_000);
            var after = new ActiveLines(again, 900_000);
            return Enumerable.Range(0, 700).All(second =>
                before.At(second * 1000).Active.SequenceEqual(after.At(second * 1000).Active));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_unsynced_sheet_survives_lrc_and_ttml()
    {
        var sheet = new LyricSheet { Lines = [new LyricLine { Text = "one" }, new LyricLine { Text = "two <3 & {more}" }] };

        Assert.Equal(sheet.Lines.AsEnumerable(), Again(sheet, LyricOutput.Lrc).Lines);
        Assert.Equal(sheet.Lines.AsEnumerable(), Again(sheet, LyricOutput.EnhancedLrc).Lines);
        Assert.Equal(sheet.Lines.AsEnumerable(), Again(sheet, LyricOutput.Ttml).Lines);
    }

    [Fact]
    public void Singers_tags_and_language_survive_ttml()
    {
        var sheet = LyricReader.Read(Encoding.UTF8.GetBytes("[ti:A & B]\n[ar:x]\n[lang:en]\n[00:01.00]v1: one\n[00:02.00]two"));
        var agents = LyricSheet.NoAgents.Add("v1", new LyricAgent("person", "Ann")).Add("v2", new LyricAgent("group", ""));

        var again = Again(sheet with { Agents = agents }, LyricOutput.Ttml);

        Assert.Equal(agents, again.Agents);
        Assert.Equal("en", again.Language);
        Assert.Equal("A & B", again.Metadata["ti"]);
        Assert.Equal("x", again.Metadata["ar"]);
        Assert.Equal("v1", again.Lines[0].Agent);
    }

    [Fact]
    public void The_offset_is_applied_once()
    {
        var sheet = LyricReader.Read(Encoding.UTF8.GetBytes("[offset:500]\n[00:01.00]one"));

        Assert.Equal(500, sheet.Lines[0].StartMs);
        Assert.Equal(500, Again(sheet, LyricOutput.Lrc).Lines[0].StartMs);
    }

    [Fact]
    public void Breaks_inside_a_line_survive_where_the_format_has_them()
    {
        var sheet = new LyricSheet
        {
            Lines =
            [
                new LyricLine { StartMs = 1000, EndMs = 2000, Text = "first\nsecond" },
                new LyricLine
                {
                    StartMs = 2000,
                    EndMs = 4000,
                    Text = "one\ntwo",
                    Words = [new LyricWord(2000, 3000, "one\n"), new LyricWord(3000, 4000, "two")],
                },
            ],
        };

        Assert.Equal(sheet.Lines.AsEnumerable(), Again(sheet, LyricOutput.Ttml).Lines);
        Assert.Equal(sheet.Lines.AsEnumerable(), Again(sheet, LyricOutput.WebVtt).Lines);
        Assert.Equal("first second", Again(sheet, LyricOutput.Lrc).Lines[0].Text);
    }

    /// <summary>Reading what was written gives the lines, less what the format cannot say (a line it cannot hold becomes nothing).</summary>
    private static void AssertKept(LyricOutput output, Func<LyricLine, LyricLine?> kept) =>
        Prop.ForAll(SheetGen.Normal().ToArbitrary(), full =>
        {
            var lines = full.Lines.Select(kept).OfType<LyricLine>().ToArray();
            var sheet = full with { Lines = [.. lines] };
            Assert.Equal(lines, Again(sheet, output).Lines);
        }).QuickCheckThrowOnFailure();

    private static LyricSheet Again(LyricSheet sheet, LyricOutput output, LyricWriting? options = null) =>
        LyricReader.Read(Encoding.UTF8.GetBytes(LyricWriter.Write(sheet, output, options)));
}
