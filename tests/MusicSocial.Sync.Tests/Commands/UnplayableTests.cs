using MusicSocial.Sync.Commands;
using static MusicSocial.Sync.Tests.RoomScenes;

namespace MusicSocial.Sync.Tests.Commands;

public sealed class UnplayableTests
{
    [Fact]
    public void What_most_cannot_play_is_skipped_and_all_members_are_told()
    {
        var one = Playing("ann", "bob").Change(new CannotPlay("ann", "q1", Of(3)), 5);
        Assert.Empty(one.Events);
        Assert.Equal("q1", one.Room.Timeline.ItemId);

        var two = one.Room.Change(new CannotPlay("bob", "q1", Of(3)), 6);
        two.Tells(new QueueChanged(), new TimelineChanged(), new ItemUnplayable("t1"));
        Assert.Equal("q2", two.Room.Timeline.ItemId);
        Assert.Empty(two.Room.Unable);
    }

    [Fact]
    public void One_device_alone_skips_nothing_for_the_others_however_often_it_complains()
    {
        var room = Playing("ann").Do(new CannotPlay("ann", "q1", Of(2)), 5);
        Assert.Same(room, room.Do(new CannotPlay("ann", "q1", Of(2)), 6));
        Assert.Equal("q1", room.Timeline.ItemId);
    }

    [Fact]
    public void A_member_who_leaves_leaves_fewer_complaints_to_collect()
    {
        var room = Playing("ann", "bob", "cat").Do(new CannotPlay("ann", "q1", Of(4)), 5).Do(new CannotPlay("bob", "q1", Of(4)), 6);
        Assert.Equal("q1", room.Timeline.ItemId);

        var left = room.Change(new Leave("cat", new Occupancy(3, [])), 7);

        Assert.Equal("q2", left.Room.Timeline.ItemId);
        Assert.Contains(new ItemUnplayable("t1"), left.Events);
    }

    [Fact]
    public void The_complaint_of_a_member_who_left_does_not_count()
    {
        var room = Playing("ann", "bob").Do(new CannotPlay("ann", "q1", Of(3)), 5).Do(new Leave("ann", new Occupancy(2, [])), 6);
        Assert.Empty(room.Unable);

        Assert.Equal("q1", room.Do(new CannotPlay("bob", "q1", Of(2)), 7).Timeline.ItemId);
    }

    [Fact]
    public void A_complaint_about_what_is_over_is_stale() =>
        Assert.Equal("room.stale", Playing("ann").RefusalOf(new CannotPlay("ann", "q2", Of(2)), 5));

    [Fact]
    public void Nothing_but_broken_files_ends_in_silence_and_not_in_a_loop()
    {
        var room = Playing();
        foreach (var item in (string[])["q1", "q2", "q3"])
        {
            room = room.Do(new CannotPlay(Host, item, Of(1)), 5);
        }

        Assert.Null(room.Timeline.TrackId);
        Assert.True(room.Interrupted);
    }
}
