using MusicSocial.Sync.Commands;
using static MusicSocial.Sync.Tests.RoomScenes;

namespace MusicSocial.Sync.Tests.Commands;

public sealed class PresenceTests
{
    private static Leave Goes(string userId, params string[] left) => new(userId, new Occupancy(left.Length, [.. left]));

    [Fact]
    public void Coming_in_is_told_once_however_often_a_member_comes()
    {
        var change = WithHost().Change(new Join("ann"), 1);
        change.Tells(new MemberJoined("ann", RoomRole.Listener));
        Assert.Same(change.Room, change.Room.Do(new Join("ann"), 2));
    }

    [Fact]
    public void In_a_large_room_listeners_are_only_counted()
    {
        var room = With([.. Enumerable.Range(1, RoomLimits.SmallRoom - 1).Select(number => $"u{number}")]);
        Assert.Same(room, room.Do(new Join("late"), 1));
        Assert.Equal(RoomRole.Listener, room.RoleOf("late"));
    }

    [Fact]
    public void A_listener_who_leaves_is_forgotten_and_a_dj_keeps_the_role()
    {
        var room = With("ann", "ben").Do(new SetRole(Host, "ben", RoomRole.Dj), 1);
        room = room.Do(Goes("ann", Host, "ben"), 2).Do(Goes("ben", Host), 3);
        Assert.Null(room.Member("ann"));
        Assert.Equal((RoomRole.Dj, false), (room.RoleOf("ben"), room.Member("ben")!.Present));
        room.Change(new Join("ben"), 4).Tells(new MemberJoined("ben", RoomRole.Dj));
    }

    [Fact]
    public void A_leaving_host_passes_the_room_on_to_a_dj_first()
    {
        var room = With("ann", "ben").Do(new SetRole(Host, "ben", RoomRole.Dj), 1);
        var change = room.Change(Goes(Host, "ann", "ben"), 2);
        Assert.Equal("ben", change.Room.HostId);
        Assert.Equal(RoomRole.Dj, change.Room.RoleOf(Host));
        change.Tells(
            new MemberLeft(Host, RoomRole.Host), new RoleChanged(Host, RoomRole.Dj), new RoleChanged("ben", RoomRole.Host), new SettingsChanged());
    }

    [Fact]
    public void Without_a_dj_the_room_passes_to_the_member_who_is_here_longest() =>
        Assert.Equal("ann", With("ann", "ben").Do(Goes(Host, "ann", "ben"), 2).HostId);

    [Fact]
    public void In_a_large_room_a_listener_unknown_to_it_inherits() =>
        Assert.Equal("late", WithHost().Do(Goes(Host, Host, "late"), 2).HostId);

    [Fact]
    public void The_last_to_leave_stays_host_and_the_music_waits_for_a_member()
    {
        var room = Playing().Do(Goes(Host), 30.08).Do(new Vacate(), 30.08);
        Assert.Equal(Host, room.HostId);
        Assert.Equal(TimeSpan.FromSeconds(30), room.Timeline.PositionAt(At(5000)));
        Assert.Equal(["t2", "t3"], room.Queue.Upcoming.Select(item => item.TrackId));

        var back = room.Do(new Join("ann"), 1000);
        Assert.Equal(TimeSpan.FromSeconds(30), back.Timeline.PositionAt(StartAt(1000)));
        Assert.Equal(TimeSpan.FromSeconds(32), back.Timeline.PositionAt(StartAt(1002)));
        Assert.Equal("ann", back.HostId);
    }

    [Fact]
    public void Music_that_was_paused_stays_paused_when_a_member_comes_back()
    {
        var room = Playing().Do(new Pause(Host), 10).Do(new Vacate(), 20).Do(new Join(Host), 30);
        Assert.False(room.Timeline.IsPlaying);
    }

    [Fact]
    public void A_member_who_was_overlooked_sets_the_music_going_again()
    {
        var room = Playing().Do(new Vacate(), 20).Do(new Rejoin(), 21);
        Assert.True(room.Timeline.IsPlaying);
        Assert.Same(room, room.Do(new Rejoin(), 22));
    }

    [Fact]
    public void A_vacant_room_takes_no_commands() =>
        Assert.Equal("room.not_member", Opened().RefusalOf(new Enqueue(Host, "t", Song, "c"), 1));

    [Fact]
    public void Who_was_kicked_loses_the_role_and_stays_out_for_a_while()
    {
        var room = With("ann").Do(new SetRole(Host, "ann", RoomRole.Dj), 1).Do(new Ban(Host, "ann", RoomLimits.KickTime), 10);
        Assert.Null(room.Member("ann"));
        Assert.Equal("room.kicked", room.RefusalOf(new Join("ann"), 609));
        Assert.Equal(RoomRole.Listener, room.Do(new Join("ann"), 610).RoleOf("ann"));
    }

    [Fact]
    public void Djs_kick_listeners_but_neither_each_other_nor_the_host()
    {
        var room = With("ann", "ben", "cat").Do(new SetRole(Host, "ann", RoomRole.Dj), 1).Do(new SetRole(Host, "ben", RoomRole.Dj), 1);
        Assert.Equal("room.forbidden", room.RefusalOf(new Ban("ann", "ben", RoomLimits.KickTime), 2));
        Assert.Equal("room.forbidden", room.RefusalOf(new Ban("ann", Host, RoomLimits.KickTime), 2));
        Assert.Equal("room.forbidden", room.RefusalOf(new Ban("cat", "cat", RoomLimits.KickTime), 2));
        room.Change(new Ban("ann", "cat", RoomLimits.KickTime), 2).Tells(new MemberLeft("cat", RoomRole.Listener));
    }

    [Fact]
    public void A_closed_room_empties_falls_silent_and_takes_nothing_more()
    {
        var change = Playing("ann").Change(new Close(Host), 5);
        Assert.Contains(new RoomClosed(), change.Events);
        Assert.False(change.Room.Timeline.IsPlaying);
        Assert.Equal("room.closed", change.Room.RefusalOf(new Join("ann"), 6));
        Assert.Same(change.Room, change.Room.Do(Goes("ann", Host), 6));
        Assert.Equal("room.forbidden", Playing("ann").RefusalOf(new Close("ann"), 5));
        Assert.True(Playing("ann").Do(new CloseByOperator(), 5).Closed);
    }
}
