using FsCheck;
using FsCheck.Fluent;

namespace MusicSocial.Lyrics.Tests;

public sealed class ActiveLinesTests
{
    private const int RangeMs = 30;
    private const int DurationMs = 35;

    [Fact]
    public void The_index_agrees_with_looking_at_every_line() =>
        Prop.ForAll(SheetGen.Overlapping(RangeMs).ToArbitrary(), sheet =>
        {
            var active = new ActiveLines(sheet, DurationMs);
            return Enumerable.Range(0, DurationMs + 10).All(t =>
            {
                var moment = active.At(t);
                return moment.Active.SequenceEqual(LinesByLooking(sheet, t))
                    && moment.Next == NextByLooking(sheet, t)
                    && Enumerable.Range(0, sheet.Lines.Length).All(line => active.WordAt(line, t) == WordByLooking(sheet, line, t));
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Changes_are_exactly_the_positions_at_which_something_else_is_sung() =>
        Prop.ForAll(SheetGen.Overlapping(RangeMs).ToArbitrary(), sheet =>
        {
            var active = new ActiveLines(sheet, DurationMs);
            var announced = new List<int>();
            for (var change = active.NextChangeAfter(-1); change is { } t; change = active.NextChangeAfter(t))
            {
                announced.Add(t);
            }

            var seen = Enumerable.Range(0, RangeMs * 3).Where(t => Sung(sheet, t) != Sung(sheet, t - 1));
            return announced.SequenceEqual(seen);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Interludes_need_a_silence_of_four_seconds_and_a_line_to_wait_for()
    {
        var active = new ActiveLines(
            new LyricSheet
            {
                Lines =
                [
                    new LyricLine { StartMs = 3_999, EndMs = 5_000, Text = "a" },
                    new LyricLine { StartMs = 9_000, EndMs = 9_500, Text = "b" },
                ],
            },
            durationMs: 60_000);

        Assert.False(active.At(0).Interlude);
        Assert.False(active.At(4_500).Interlude);
        Assert.True(active.At(5_000).Interlude);
        Assert.True(active.At(8_999).Interlude);
        Assert.False(active.At(30_000).Interlude);
    }

    [Fact]
    public void Background_vocals_do_not_end_the_line_they_accompany()
    {
        var active = new ActiveLines(
            new LyricSheet
            {
                Lines =
                [
                    new LyricLine { StartMs = 1_000, Text = "main" },
                    new LyricLine { StartMs = 2_000, Text = "(ooh)", Role = LyricLine.Background },
                    new LyricLine { StartMs = 4_000, Text = "next" },
                ],
            },
            durationMs: null);

        Assert.Equal([0, 1], active.At(3_000).Active.ToArray());
        Assert.Equal([2], active.At(1_000_000).Active.ToArray());
        Assert.Null(active.NextChangeAfter(4_000));
    }

    [Fact]
    public void An_unsynced_sheet_has_no_active_line()
    {
        var active = new ActiveLines(new LyricSheet { Lines = [new LyricLine { Text = "a" }] }, durationMs: 1_000);

        Assert.Empty(active.At(500).Active);
        Assert.Null(active.At(500).Next);
        Assert.Null(active.NextChangeAfter(0));
    }

    [Fact]
    public void Ten_thousand_lines_that_all_overlap_are_looked_up_without_listing_them_in_advance()
    {
        var lines = Enumerable.Range(0, 10_000).Select(start => new LyricLine { StartMs = start, EndMs = 1_000_000, Text = "x" });
        var active = new ActiveLines(new LyricSheet { Lines = [.. lines] }, durationMs: null);

        Assert.Equal(5_001, active.At(5_000).Active.Length);
        Assert.Equal(10_000, active.At(999_999).Active.Length);
        Assert.Empty(active.At(1_000_000).Active);
    }

    private static IEnumerable<int> LinesByLooking(LyricSheet sheet, int t) =>
        Enumerable.Range(0, sheet.Lines.Length).Where(line => sheet.Lines[line].Text.Length > 0 && sheet.Lines[line].StartMs <= t && t < EndOf(sheet, line));

    private static int EndOf(LyricSheet sheet, int line) =>
        sheet.Lines[line].EndMs
        ?? sheet.Lines.Where(other => !other.IsBackground && other.StartMs > sheet.Lines[line].StartMs).Min(other => other.StartMs)
        ?? DurationMs;

    private static int? NextByLooking(LyricSheet sheet, int t)
    {
        var later = sheet.Lines.Where(line => line.Text.Length > 0 && line.StartMs > t).MinBy(line => line.StartMs);
        return later is null ? null : sheet.Lines.ToList().FindIndex(line => ReferenceEquals(line, later));
    }

    private static int? WordByLooking(LyricSheet sheet, int line, int t)
    {
        if (!LinesByLooking(sheet, t).Contains(line))
        {
            return null;
        }

        var words = sheet.Lines[line].Words;
        var last = words.Select((word, index) => (word, index)).LastOrDefault(pair => pair.word.StartMs <= t, (default, -1));
        return last.index >= 0 && t < (last.word.EndMs ?? EndOf(sheet, line)) ? last.index : null;
    }

    private static string Sung(LyricSheet sheet, int t) =>
        string.Join(' ', LinesByLooking(sheet, t).Select(line => $"{line}:{WordByLooking(sheet, line, t)}"));
}
