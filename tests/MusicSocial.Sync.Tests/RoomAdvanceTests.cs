using MusicSocial.Sync.Commands;
using static MusicSocial.Sync.Tests.RoomScenes;

namespace MusicSocial.Sync.Tests;

public sealed class RoomAdvanceTests
{
    [Fact]
    public void Tracks_follow_each_other_without_a_gap()
    {
        var room = Playing().AdvanceTo(StartAt(150));
        Assert.Equal("t2", room.Timeline.TrackId);
        Assert.Equal(TimeSpan.FromSeconds(50), room.Timeline.PositionAt(StartAt(150)));
        Assert.Equal(["t1"], room.Queue.Played.Select(item => item.TrackId));
    }

    [Fact]
    public void A_track_ends_exactly_at_its_end()
    {
        var room = Playing();
        var end = Assert.NotNull(room.Timeline.EndsAt);
        Assert.Same(room, room.AdvanceTo(end - TimeSpan.FromTicks(1)));
        Assert.Equal("t2", room.AdvanceTo(end).Timeline.TrackId);
    }

    [Fact]
    public void When_the_queue_runs_out_the_room_falls_silent_and_goes_on_with_the_next_track_added()
    {
        var room = Playing().AdvanceTo(At(1000));
        Assert.Equal(Timeline.Empty, room.Timeline);
        var change = room.Change(new Enqueue(Host, "t4", Song, "c4"), 2000);
        Assert.Equal("t4", change.Room.Timeline.TrackId);
        Assert.Equal(StartAt(2000), change.Room.Timeline.AnchoredAt);
    }

    [Fact]
    public void Votes_do_not_outlive_their_track()
    {
        var room = Playing("ann", "ben", "cat");
        Assert.Empty(room.Do(new VoteSkip("ann", room.Timeline.ItemId, Of(4)), 5).AdvanceTo(At(150)).SkipVotes);
    }

    [Fact]
    public void A_command_brings_the_room_up_to_date_first_and_tells_both()
    {
        var change = Playing().Change(new Pause(Host), 150);
        Assert.Equal("t2", change.Room.Timeline.TrackId);
        change.Tells(new QueueChanged(), new TimelineChanged());
    }
}
