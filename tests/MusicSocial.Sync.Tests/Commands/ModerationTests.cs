using MusicSocial.Sync.Commands;
using static MusicSocial.Sync.Tests.RoomScenes;

namespace MusicSocial.Sync.Tests.Commands;

public sealed class ModerationTests
{
    private static string ChatRefusal(Room room, string by, double atSeconds) =>
        Assert.Throws<RefusedException>(() => ChatRules.Check(room, by, null, At(atSeconds))).Refusal.Code;

    [Fact]
    public void A_ban_lasts_as_long_as_it_was_given_for()
    {
        var room = With("ann").Do(new Ban(Host, "ann", TimeSpan.FromMinutes(60)), 0);
        Assert.Equal("room.kicked", room.RefusalOf(new Join("ann"), 3599));
        Assert.NotNull(room.Do(new Join("ann"), 3600).Member("ann"));
    }

    [Fact]
    public void A_ban_for_good_is_lifted_by_the_host_alone()
    {
        var room = With("ann", "ben").Do(new SetRole(Host, "ben", RoomRole.Dj), 0).Do(new Ban(Host, "ann", null), 0);
        Assert.Equal("room.banned", room.RefusalOf(new Join("ann"), 1e9));
        Assert.Equal("room.forbidden", room.RefusalOf(new Unban("ben", "ann"), 1));
        var lifted = room.Do(new Unban(Host, "ann"), 1);
        Assert.NotNull(lifted.Do(new Join("ann"), 2).Member("ann"));
        Assert.Same(lifted, lifted.Do(new Unban(Host, "ann"), 3));
    }

    [Fact]
    public void A_kick_does_not_shorten_a_longer_ban()
    {
        var room = With("ann", "ben").Do(new SetRole(Host, "ben", RoomRole.Dj), 0).Do(new Ban(Host, "ann", null, "net"), 0);
        Assert.Equal(new RoomBan("ann", null, "net"), Assert.Single(room.Do(new Ban("ben", "ann", RoomLimits.KickTime), 1).Bans));
        var hour = With("ann").Do(new Ban(Host, "ann", TimeSpan.FromHours(1)), 0).Do(new Ban(Host, "ann", RoomLimits.KickTime), 1);
        Assert.Equal(At(3600), hour.BanOf("ann", At(2))!.Until);
    }

    [Fact]
    public void The_network_of_a_banned_guest_is_banned_as_long()
    {
        var room = With("ann").Do(new Ban(Host, "ann", RoomLimits.KickTime, "net"), 0);
        Assert.NotNull(room.BanOfNetwork("net", At(599)));
        Assert.Null(room.BanOfNetwork("net", At(600)));
        Assert.Null(room.BanOfNetwork("other", At(1)));
    }

    [Fact]
    public void Bans_that_end_make_place_and_bans_for_good_do_not()
    {
        var room = Enumerable.Range(1, RoomLimits.Bans - 1).Aggregate(WithHost(), (full, number) => full.Do(new Ban(Host, $"u{number}", null), 1));
        room = room.Do(new Ban(Host, "ann", RoomLimits.KickTime), 1).Do(new Ban(Host, "ben", null), 2);
        Assert.Null(room.BanOf("ann", At(3)));
        Assert.Equal("room.bans_full", room.RefusalOf(new Ban(Host, "cat", null), 3));
        Assert.Equal(RoomLimits.Bans, room.Bans.Length);
    }

    [Fact]
    public void Bans_out_of_bounds_are_refused()
    {
        Assert.Equal("room.invalid_minutes", With("ann").RefusalOf(new Ban(Host, "ann", TimeSpan.Zero), 1));
        Assert.Equal("room.invalid_minutes", With("ann").RefusalOf(new Ban(Host, "ann", TimeSpan.FromDays(366)), 1));
        Assert.Equal("room.forbidden", With("ann", "ben").RefusalOf(new Ban("ann", "ben", null), 1));
    }

    [Fact]
    public void Clearing_concerns_what_was_said_until_then()
    {
        var change = With("ann").Change(new ClearChat(Host, "ann"), 10);
        change.Tells(new ChatCleared(new ClearedChat("ann", At(10))));
        Assert.True(change.Room.IsCleared("ann", At(10).Ms));
        Assert.False(change.Room.IsCleared("ann", At(10.001).Ms));
        Assert.False(change.Room.IsCleared(Host, At(1).Ms));
        Assert.Equal(At(20), Assert.Single(change.Room.Do(new ClearChat(Host, "ann"), 20).Cleared).At);
    }

    [Fact]
    public void A_listener_clears_their_own_messages_only()
    {
        Assert.Equal("room.forbidden", With("ann", "ben").RefusalOf(new ClearChat("ann", "ben"), 1));
        Assert.Equal("room.forbidden", With("ann").RefusalOf(new ClearChat("ann", Host), 1));
        Assert.True(With("ann").Do(new ClearChat("ann", "ann"), 1).IsCleared("ann", At(0).Ms));
    }

    [Fact]
    public void A_pause_of_the_chat_holds_for_listeners_and_ends_by_itself()
    {
        var change = With("ann").Change(new PauseChat(Host, TimeSpan.FromMinutes(5)), 0);
        change.Tells(new SettingsChanged());
        Assert.Equal("room.chat_paused", ChatRefusal(change.Room, "ann", 299));
        ChatRules.Check(change.Room, Host, null, At(1));
        ChatRules.Check(change.Room, "ann", null, At(300));
    }

    [Fact]
    public void A_pause_is_ended_before_its_time()
    {
        var room = With("ann").Do(new PauseChat(Host, TimeSpan.FromMinutes(5)), 0).Do(new PauseChat(Host, TimeSpan.Zero), 1);
        ChatRules.Check(room, "ann", null, At(2));
        Assert.Same(room, room.Do(new PauseChat(Host, TimeSpan.Zero), 3));
        Assert.Equal("room.forbidden", room.RefusalOf(new PauseChat("ann", TimeSpan.FromMinutes(1)), 3));
        Assert.Equal("room.invalid_minutes", room.RefusalOf(new PauseChat(Host, TimeSpan.FromDays(2)), 3));
    }
}
