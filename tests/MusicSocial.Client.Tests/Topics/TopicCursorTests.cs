using System.Text.Json;
using MusicSocial.Client.Topics;

namespace MusicSocial.Client.Tests.Topics;

public sealed class TopicCursorTests
{
    private readonly TopicCursor _cursor = new();

    [Fact]
    public void A_follower_starts_from_the_snapshot()
    {
        var updates = _cursor.Take(Fresh("a", 7));

        Assert.IsType<TopicStarted>(Assert.Single(updates!));
        Assert.Equal(new TopicPosition("a", 7), _cursor.Position);
    }

    [Fact]
    public void A_frame_that_joins_on_is_taken()
    {
        _cursor.Take(Fresh("a", 7));

        Assert.Equal([8, 9], Offsets(_cursor.Take(FrameOf("a", 8, 9))));
        Assert.Equal(9, _cursor.Position!.Offset);
    }

    [Fact]
    public void What_was_seen_is_not_seen_again()
    {
        _cursor.Take(Fresh("a", 7));

        Assert.Equal([8], Offsets(_cursor.Take(FrameOf("a", 6, 8))));
        Assert.Empty(_cursor.Take(FrameOf("a", 8, 8))!);
    }

    [Fact]
    public void A_hole_is_noticed_and_nothing_behind_it_is_taken()
    {
        _cursor.Take(Fresh("a", 7));

        Assert.Null(_cursor.Take(FrameOf("a", 9, 9)));
        Assert.Equal(7, _cursor.Position!.Offset);
    }

    [Fact]
    public void A_frame_that_says_it_is_whole_and_is_not_is_a_hole()
    {
        _cursor.Take(Fresh("a", 7));

        Assert.Null(_cursor.Take(new Frame("t", "a", 8, 10, 3, 3, [Event(8), Event(10)])));
    }

    [Fact]
    public void Another_epoch_is_never_merged()
    {
        _cursor.Take(Fresh("a", 7));

        Assert.Null(_cursor.Take(FrameOf("b", 8, 8)));
    }

    [Fact]
    public void A_sample_says_how_much_it_leaves_out()
    {
        _cursor.Take(Fresh("a", 7));

        var updates = _cursor.Take(new Frame("t", "a", 8, 12, 2, 5, [Event(9), Event(12)]));

        var sampled = Assert.IsType<TopicSampled>(updates![^1]);
        Assert.Equal((2, 5, 3), (sampled.Shown, sampled.Total, sampled.LeftOut));
        Assert.Equal(12, _cursor.Position!.Offset);
    }

    [Fact]
    public void A_recovered_answer_brings_exactly_what_was_missed()
    {
        _cursor.Take(Fresh("a", 7));

        Assert.Equal([8, 9], Offsets(_cursor.Take(new FollowAnswer("t", new("a", 9), true, [Event(8), Event(9)], null))));
    }

    [Theory]
    [InlineData("a", 9, new long[] { 9 })]
    [InlineData("a", 9, new long[] { 8 })]
    [InlineData("b", 8, new long[] { 8 })]
    public void A_recovered_answer_that_does_not_fit_is_not_believed(string epoch, long offset, long[] events)
    {
        _cursor.Take(Fresh("a", 7));

        Assert.Null(_cursor.Take(new FollowAnswer("t", new(epoch, offset), true, [.. events.Select(Event)], null)));
        Assert.Null(_cursor.Position);
    }

    private static FollowAnswer Fresh(string epoch, long offset) => new("t", new(epoch, offset), false, [], JsonElement.Parse("{}"));

    private static Frame FrameOf(string epoch, long from, long to)
    {
        var count = (int)(to - from + 1);
        return new Frame("t", epoch, from, to, count, count, [.. Enumerable.Range(0, count).Select(i => Event(from + i))]);
    }

    private static TopicEvent Event(long offset) => new(offset, "happened", 0, default);

    private static IEnumerable<long> Offsets(IReadOnlyList<TopicUpdate>? updates) =>
        Assert.IsAssignableFrom<IReadOnlyList<TopicUpdate>>(updates).Cast<TopicHappened>().Select(happened => happened.Event.Offset);
}
