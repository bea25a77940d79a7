namespace MusicSocial.Sync.Tests;

public sealed class TimelineTests
{
    private static readonly Timeline Song = new("t", "q1", TimeSpan.FromSeconds(10), RoomScenes.At(5), 1, TimeSpan.FromSeconds(60));

    [Fact]
    public void A_playing_timeline_moves_with_hub_time() =>
        Assert.Equal(TimeSpan.FromSeconds(12.5), Song.PositionAt(RoomScenes.At(7.5)));

    [Fact]
    public void Before_its_anchor_a_timeline_waits() =>
        Assert.Equal(TimeSpan.FromSeconds(10), Song.PositionAt(RoomScenes.At(1)));

    [Fact]
    public void After_its_end_a_timeline_stays_at_the_end() =>
        Assert.Equal(Song.Duration, Song.PositionAt(RoomScenes.At(1000)));

    [Fact]
    public void A_paused_timeline_stays_where_it_was()
    {
        var paused = Song.PausedAt(RoomScenes.At(8));
        Assert.Equal(TimeSpan.FromSeconds(13), paused.PositionAt(RoomScenes.At(8)));
        Assert.Equal(TimeSpan.FromSeconds(13), paused.PositionAt(RoomScenes.At(800)));
        Assert.Null(paused.EndsAt);
    }

    [Fact]
    public void At_its_end_a_timeline_is_exactly_at_the_end_and_just_before_it_is_not()
    {
        var end = Assert.NotNull(Song.EndsAt);
        Assert.Equal(RoomScenes.At(55), end);
        Assert.Equal(Song.Duration, Song.PositionAt(end));
        Assert.True(Song.PositionAt(end - TimeSpan.FromTicks(1)) < Song.Duration);
    }

    [Fact]
    public void Another_rate_runs_faster_and_ends_sooner()
    {
        var fast = Song with { Rate = 2 };
        Assert.Equal(TimeSpan.FromSeconds(20), fast.PositionAt(RoomScenes.At(10)));
        Assert.Equal(RoomScenes.At(30), fast.EndsAt);
    }

    [Fact]
    public void Pausing_before_the_anchor_keeps_the_anchor_position() =>
        Assert.Equal(TimeSpan.FromSeconds(10), Song.PausedAt(RoomScenes.At(4)).PositionAt(RoomScenes.At(100)));

    [Fact]
    public void Nothing_loaded_is_at_zero_and_never_ends()
    {
        Assert.Equal(TimeSpan.Zero, Timeline.Empty.PositionAt(RoomScenes.At(1)));
        Assert.Null(Timeline.Empty.EndsAt);
    }

    [Theory]
    [InlineData(10, 80)]
    [InlineData(200, 200)]
    [InlineData(9000, 400)]
    public void A_lead_is_brought_into_bounds(int asked, int given) =>
        Assert.Equal(TimeSpan.FromMilliseconds(given), LeadTime.Clamp(TimeSpan.FromMilliseconds(asked)));
}
