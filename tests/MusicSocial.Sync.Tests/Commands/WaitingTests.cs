using MusicSocial.Sync.Commands;
using static MusicSocial.Sync.Tests.RoomScenes;

namespace MusicSocial.Sync.Tests.Commands;

public sealed class WaitingTests
{
    private static Room Waiting(params string[] listeners) => Patient(With(listeners).Queued("t1", "t2", "t3")).Do(new Play(Host), 10);

    private static Room Patient(Room room) => room.Do(new ChangeSettings(Host, settings => settings with { WaitForAll = true }, null), 1);

    private static Room IsReady(Room room, string userId, double at) => room.Do(new Ready(userId, room.Timeline.ItemId), at);

    [Fact]
    public void A_start_waits_on_a_line_that_begins_when_the_limit_is_over()
    {
        var room = Waiting("ann");
        Assert.Equal([Host, "ann"], room.Awaited.AsEnumerable());
        Assert.Equal(At(15), room.Timeline.AnchoredAt);
        Assert.Equal(TimeSpan.Zero, room.Timeline.PositionAt(At(14)));
        Assert.Equal(TimeSpan.FromSeconds(1), room.Timeline.PositionAt(At(16)));
    }

    [Fact]
    public void The_last_one_ready_starts_the_music_for_all()
    {
        var one = Waiting("ann").Change(new Ready("ann", "q1"), 11);
        one.Tells(new WaitingChanged());
        Assert.Equal(At(15), one.Room.Timeline.AnchoredAt);

        var both = one.Room.Change(new Ready(Host, "q1"), 12);
        both.Tells(new TimelineChanged(), new WaitingChanged());
        Assert.Equal(StartAt(12), both.Room.Timeline.AnchoredAt);
        Assert.Empty(both.Room.Awaited);
    }

    [Fact]
    public void Being_ready_twice_changes_nothing()
    {
        var room = IsReady(Waiting("ann"), "ann", 11);
        Assert.Same(room, IsReady(room, "ann", 11.5));
    }

    [Fact]
    public void Ready_for_another_track_is_stale() => Assert.Equal("room.stale", Waiting("ann").RefusalOf(new Ready("ann", "q2"), 11));

    [Fact]
    public void A_dj_can_start_the_music_now_and_a_listener_cannot()
    {
        var room = Waiting("ann");
        Assert.Equal("room.forbidden", room.RefusalOf(new StartNow("ann", "q1"), 11));
        Assert.Equal("room.stale", room.RefusalOf(new StartNow(Host, "q2"), 11));
        Assert.Equal(StartAt(11), room.Do(new StartNow(Host, "q1"), 11).Timeline.AnchoredAt);
    }

    [Fact]
    public void Starting_now_what_plays_already_changes_nothing()
    {
        var room = Playing("ann");
        Assert.Same(room, room.Do(new StartNow(Host, "q1"), 11));
    }

    [Fact]
    public void One_who_let_it_run_out_is_ignored_until_ready_again()
    {
        var room = IsReady(Waiting("ann", "bob"), Host, 11);
        room = IsReady(room, "ann", 11);
        var next = room.Do(new Skip(Host, "q1"), 20);
        Assert.Equal([Host, "ann"], next.Awaited.AsEnumerable());
        Assert.Equal(["bob"], next.Overdue.AsEnumerable());

        var after = IsReady(next, "bob", 20.5).Do(new Skip(Host, "q2"), 40);
        Assert.Contains("bob", after.Awaited);
    }

    [Fact]
    public void A_member_who_leaves_is_not_waited_for()
    {
        var room = IsReady(Waiting("ann"), Host, 11).Do(new Leave("ann", new Occupancy(1, [Host])), 12);
        Assert.Empty(room.Awaited);
        Assert.Equal(StartAt(12), room.Timeline.AnchoredAt);
    }

    [Fact]
    public void Late_joiners_do_not_move_the_line()
    {
        var room = Waiting("ann");
        var joined = room.Do(new Join("bob"), 11);
        Assert.Equal(room.Timeline, joined.Timeline);
        Assert.DoesNotContain("bob", joined.Awaited);
        var playing = Playing("ann");
        Assert.Equal(playing.Timeline, playing.Do(new Join("bob"), 11).Timeline);
    }

    [Fact]
    public void Pausing_or_seeking_ends_the_wait()
    {
        Assert.Empty(Waiting("ann").Do(new Pause(Host), 11).Awaited);
        var sought = Waiting("ann").Do(new Seek(Host, TimeSpan.FromSeconds(30)), 11);
        Assert.Empty(sought.Awaited);
        Assert.Equal(StartAt(11), sought.Timeline.AnchoredAt);
    }

    [Fact]
    public void Boundaries_between_tracks_are_crossed_without_waiting()
    {
        var room = Waiting("ann");
        var end = room.Timeline.EndsAt!.Value;
        var next = room.Apply(new AdvanceTime(), end + TimeSpan.FromMilliseconds(1), NoLead).Room;
        Assert.Equal((end, "q2"), (next.Timeline.AnchoredAt, next.Timeline.ItemId));
        Assert.Empty(next.Awaited);
    }

    [Fact]
    public void Going_on_in_mid_song_waits_for_no_member() =>
        Assert.Equal(StartAt(60), Waiting("ann").Do(new Pause(Host), 40).Do(new Play(Host), 60).Timeline.AnchoredAt);

    [Fact]
    public void One_alone_does_not_wait() => Assert.Equal(StartAt(10), Waiting().Timeline.AnchoredAt);

    [Fact]
    public void Large_rooms_do_not_wait()
    {
        var crowd = Enumerable.Range(0, RoomLimits.SmallRoom).Select(number => $"u{number}").ToArray();
        Assert.Equal(StartAt(10), Waiting(crowd).Timeline.AnchoredAt);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(15_001)]
    public void A_limit_out_of_bounds_is_refused(int limitMs) => Assert.Equal(
        "room.invalid_settings",
        WithHost().RefusalOf(new ChangeSettings(Host, settings => settings with { WaitLimit = TimeSpan.FromMilliseconds(limitMs) }, null), 1));
}
