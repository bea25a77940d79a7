using MusicSocial.Sync.Commands;
using static MusicSocial.Sync.Tests.RoomScenes;

namespace MusicSocial.Sync.Tests.Commands;

public sealed class PlayingTests
{
    [Fact]
    public void Play_takes_the_first_queued_item_and_starts_slightly_ahead()
    {
        var change = With().Queued("t1", "t2").Change(new Play(Host), 10);
        Assert.Equal("t1", change.Room.Timeline.TrackId);
        Assert.Equal(StartAt(10), change.Room.Timeline.AnchoredAt);
        Assert.Equal(["t2"], change.Room.Queue.Upcoming.Select(item => item.TrackId));
        change.Tells(new QueueChanged(), new TimelineChanged());
    }

    [Fact]
    public void Play_with_nothing_queued_is_refused() =>
        Assert.Equal("room.nothing_playing", WithHost().RefusalOf(new Play(Host), 1));

    [Fact]
    public void Play_while_playing_changes_nothing()
    {
        var room = Playing();
        Assert.Same(room, room.Do(new Play(Host), 5));
    }

    [Fact]
    public void Pause_stops_at_once_and_play_goes_on_from_there()
    {
        var paused = Playing().Do(new Pause(Host), 30.08);
        Assert.Equal(TimeSpan.FromSeconds(30), paused.Timeline.PositionAt(At(500)));
        var resumed = paused.Do(new Play(Host), 500);
        Assert.Equal(TimeSpan.FromSeconds(30), resumed.Timeline.PositionAt(StartAt(500)));
        Assert.Equal(TimeSpan.FromSeconds(31), resumed.Timeline.PositionAt(StartAt(501)));
    }

    [Fact]
    public void Pause_with_nothing_loaded_is_refused_and_paused_twice_is_fine()
    {
        Assert.Equal("room.nothing_playing", WithHost().RefusalOf(new Pause(Host), 1));
        var paused = Playing().Do(new Pause(Host), 5);
        Assert.Same(paused, paused.Do(new Pause(Host), 6));
    }

    [Fact]
    public void Seek_while_playing_waits_at_the_target_until_all_can_start_together()
    {
        var room = Playing().Do(new Seek(Host, TimeSpan.FromSeconds(70)), 10);
        Assert.Equal(TimeSpan.FromSeconds(70), room.Timeline.PositionAt(At(10)));
        Assert.Equal(TimeSpan.FromSeconds(70), room.Timeline.PositionAt(StartAt(10)));
        Assert.Equal(TimeSpan.FromSeconds(75), room.Timeline.PositionAt(StartAt(15)));
    }

    [Fact]
    public void Seek_while_paused_stays_paused()
    {
        var room = Playing().Do(new Pause(Host), 5).Do(new Seek(Host, TimeSpan.FromSeconds(70)), 6);
        Assert.False(room.Timeline.IsPlaying);
        Assert.Equal(TimeSpan.FromSeconds(70), room.Timeline.PositionAt(At(600)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100_001)]
    public void Seek_outside_the_track_is_refused(int ms) =>
        Assert.Equal("room.invalid_seek", Playing().RefusalOf(new Seek(Host, TimeSpan.FromMilliseconds(ms)), 10));

    [Fact]
    public void Seek_with_nothing_loaded_is_refused() =>
        Assert.Equal("room.nothing_playing", WithHost().RefusalOf(new Seek(Host, TimeSpan.Zero), 1));

    [Fact]
    public void Skip_names_the_item_it_leaves_and_a_second_skip_of_it_is_stale()
    {
        var room = Playing();
        var skip = new Skip(Host, room.Timeline.ItemId);
        var skipped = room.Do(skip, 10);
        Assert.Equal("t2", skipped.Timeline.TrackId);
        Assert.Equal(StartAt(10), skipped.Timeline.AnchoredAt);
        Assert.Equal("room.stale", skipped.RefusalOf(skip, 11));
        Assert.Equal("room.stale", skipped.RefusalOf(new Skip(Host, null), 11));
    }

    [Fact]
    public void Skip_just_after_the_track_ended_by_itself_is_stale()
    {
        var room = Playing();
        Assert.Equal("room.stale", room.RefusalOf(new Skip(Host, room.Timeline.ItemId), 101));
    }

    [Fact]
    public void Skip_while_paused_loads_the_next_track_paused()
    {
        var room = Playing().Do(new Pause(Host), 5);
        room = room.Do(new Skip(Host, room.Timeline.ItemId), 6);
        Assert.Equal(("t2", 0d), (room.Timeline.TrackId, room.Timeline.Rate));
    }

    [Fact]
    public void Skipping_the_last_item_falls_silent_and_the_next_queued_track_goes_on()
    {
        var room = WithHost().Queued("t1").Do(new Play(Host), 0);
        room = room.Do(new Skip(Host, room.Timeline.ItemId), 5);
        Assert.Equal(Timeline.Empty, room.Timeline);
        Assert.Equal("t9", room.Do(new Enqueue(Host, "t9", Song, "x"), 60).Timeline.TrackId);
    }

    [Fact]
    public void Previous_soon_after_the_start_plays_the_track_before_under_a_new_item_id()
    {
        var room = Playing();
        var first = room.Timeline.ItemId;
        room = room.Do(new Skip(Host, first), 10).Do(new Previous(Host), 11);
        Assert.Equal("t1", room.Timeline.TrackId);
        Assert.NotEqual(first, room.Timeline.ItemId);
        Assert.Equal(["t2", "t3"], room.Queue.Upcoming.Select(item => item.TrackId));
        Assert.Equal("room.stale", room.RefusalOf(new Skip(Host, first), 12));
    }

    [Fact]
    public void Previous_later_in_the_track_starts_it_again()
    {
        var room = Playing().Do(new Previous(Host), 50);
        Assert.Equal("t1", room.Timeline.TrackId);
        Assert.Equal(TimeSpan.Zero, room.Timeline.PositionAt(StartAt(50)));
    }

    [Fact]
    public void Previous_after_the_queue_ran_out_plays_the_last_track_again()
    {
        var room = WithHost().Queued("t1").Do(new Play(Host), 0).Do(new Previous(Host), 300);
        Assert.Equal(("t1", true), (room.Timeline.TrackId, room.Timeline.IsPlaying));
    }

    [Fact]
    public void Previous_in_a_room_that_never_played_is_refused() =>
        Assert.Equal("room.nothing_playing", WithHost().RefusalOf(new Previous(Host), 1));

    [Fact]
    public void Listeners_do_not_run_the_music()
    {
        var room = Playing("ann");
        Assert.Equal("room.forbidden", room.RefusalOf(new Play("ann"), 1));
        Assert.Equal("room.forbidden", room.RefusalOf(new Pause("ann"), 1));
        Assert.Equal("room.forbidden", room.RefusalOf(new Seek("ann", TimeSpan.Zero), 1));
        Assert.Equal("room.forbidden", room.RefusalOf(new Skip("ann", room.Timeline.ItemId), 1));
        Assert.Equal("room.forbidden", room.RefusalOf(new Previous("ann"), 1));
    }
}
