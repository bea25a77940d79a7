using System.Text;
using MusicSocial.Sync.Commands;
using static MusicSocial.Sync.Tests.RoomScenes;

namespace MusicSocial.Sync.Tests.Commands;

public sealed class HostTests
{
    private static Leave Goes(string userId, params string[] left) => new(userId, new Occupancy(left.Length, [.. left]));

    private static Room Emptied(params string[] members) => members
        .Aggregate(Playing(members), (room, userId) => room.Do(Goes(userId, Host), 10)).Do(Goes(Host), 11).Do(new Vacate(), 11);

    [Fact]
    public void The_first_to_return_to_an_empty_room_leads_it_at_once()
    {
        var room = Emptied("ann").Do(new Join("ann"), 20);
        Assert.Equal("ann", room.HostId);
        Assert.False(room.Do(new Pause("ann"), 21).Timeline.IsPlaying);
    }

    [Fact]
    public void The_opener_is_host_again_on_return_and_the_stand_in_what_they_were()
    {
        var room = Emptied("ann").Do(new Join("ann"), 20);
        var change = room.Change(new Join(Host), 30);
        Assert.Equal((Host, RoomRole.Listener), (change.Room.HostId, change.Room.RoleOf("ann")));
        Assert.Contains(new SettingsChanged(), change.Events);
        Assert.Contains(new RoleChanged("ann", RoomRole.Listener), change.Events);
    }

    [Fact]
    public void A_dj_who_stood_in_is_a_dj_again()
    {
        var room = With("ann", "ben").Do(new SetRole(Host, "ben", RoomRole.Dj), 1).Do(Goes(Host, "ann", "ben"), 2);
        Assert.Equal("ben", room.HostId);
        Assert.Equal(RoomRole.Dj, room.Do(new Join(Host), 3).RoleOf("ben"));
    }

    [Fact]
    public void All_lose_their_connection_and_the_opener_returns_alone()
    {
        var room = With("ann").Do(Goes(Host, "ann"), 10).Do(Goes("ann"), 10.3).Do(new Vacate(), 10.3);
        Assert.Equal("ann", room.HostId);
        room = room.Do(new Join(Host), 25);
        Assert.Equal("still mine", room.Do(new ChangeSettings(Host, settings => settings with { Name = "still mine" }, null), 26).Settings.Name);
        Assert.True(room.Do(new Close(Host), 27).Closed);
    }

    [Fact]
    public void Who_was_given_the_room_keeps_it_when_the_opener_returns()
    {
        var room = With("ann").Do(new SetRole(Host, "ann", RoomRole.Host), 1).Do(Goes(Host, "ann"), 2).Do(new Join(Host), 3);
        Assert.Equal("ann", room.HostId);
        Assert.Equal(("ann", Host), (room.LastingHostId, room.OpenerId));
        Assert.Equal("room.forbidden", room.RefusalOf(new Close("ann"), 4));
    }

    [Fact]
    public void The_opener_takes_a_given_room_back()
    {
        var room = With("ann").Do(new SetRole(Host, "ann", RoomRole.Host), 1).Do(new SetRole(Host, Host, RoomRole.Host), 2);
        Assert.Equal((Host, RoomRole.Dj), (room.HostId, room.RoleOf("ann")));
        Assert.Equal("room.forbidden", With("ann").RefusalOf(new SetRole("ann", "ann", RoomRole.Host), 1));
    }

    [Fact]
    public void Who_stands_in_gives_the_room_only_for_the_while()
    {
        var room = With("ann", "ben").Do(Goes(Host, "ann", "ben"), 2).Do(new SetRole("ann", "ben", RoomRole.Host), 3);
        Assert.Equal("ben", room.HostId);
        Assert.Equal(Host, room.Do(new Join(Host), 4).HostId);
    }

    [Fact]
    public void Who_stands_in_neither_removes_the_opener_nor_closes_the_room()
    {
        var room = With("ann").Do(Goes(Host, "ann"), 2).Do(new SetRole("ann", Host, RoomRole.Listener), 3);
        Assert.Equal("room.forbidden", room.RefusalOf(new Ban("ann", Host, RoomLimits.KickTime), 4));
        Assert.Equal("room.forbidden", room.RefusalOf(new Close("ann"), 4));
        Assert.Equal(Host, room.Do(new Join(Host), 5).HostId);
    }

    [Fact]
    public void A_host_whose_leaving_crosses_a_role_they_gave_is_succeeded_by_the_one_who_got_it()
    {
        var room = WithHost().Do(Goes(Host), 1).Do(new SetRole(Host, "late", RoomRole.Dj), 1);
        Assert.Equal("late", room.HostId);
    }

    [Fact]
    public void The_room_is_not_given_to_a_member_who_is_away()
    {
        var room = With("ann").Do(new SetRole(Host, "ann", RoomRole.Dj), 1).Do(Goes("ann", Host), 2);
        Assert.Equal("room.not_member", room.RefusalOf(new SetRole(Host, "ann", RoomRole.Host), 3));
    }

    [Fact]
    public void A_room_written_before_rooms_knew_their_opener_belongs_to_its_host()
    {
        var written = Encoding.UTF8.GetString(RoomDocument.Write(With("ann")));
        var before = written.Replace(",\"openerId\":\"host\",\"lastingHostId\":\"host\"", "", StringComparison.Ordinal);
        Assert.NotEqual(written, before);
        var room = RoomDocument.Read(Encoding.UTF8.GetBytes(before));
        Assert.Equal((Host, Host, null), (room.OpenerId, room.LastingHostId, room.StandInRole));
    }
}
