using MusicSocial.Sync.Commands;
using static MusicSocial.Sync.Tests.RoomScenes;

namespace MusicSocial.Sync.Tests.Commands;

public sealed class RunningARoomTests
{
    [Fact]
    public void Half_of_the_present_skip_a_track()
    {
        var room = Playing("ann", "ben", "cat");
        var item = room.Timeline.ItemId;
        room = room.Do(new VoteSkip("ann", item, Of(4)), 5);
        Assert.Equal("t1", room.Timeline.TrackId);
        Assert.Same(room, room.Do(new VoteSkip("ann", item, Of(4)), 6));
        room = room.Do(new VoteSkip("ben", item, Of(4)), 7);
        Assert.Equal("t2", room.Timeline.TrackId);
        Assert.Empty(room.SkipVotes);
        Assert.Equal("room.stale", room.RefusalOf(new VoteSkip("cat", item, Of(4)), 8));
    }

    [Fact]
    public void A_vote_leaves_with_its_voter_and_a_smaller_room_needs_fewer()
    {
        var room = Playing("ann", "ben", "cat");
        var voted = room.Do(new VoteSkip("ann", room.Timeline.ItemId, Of(4)), 5);
        Assert.Empty(voted.Do(new Leave("ann", new Occupancy(3, [])), 6).SkipVotes);
        Assert.Equal("t2", voted.Do(new Leave("cat", new Occupancy(2, [])), 6).Timeline.TrackId);
    }

    [Fact]
    public void Where_voting_is_off_no_vote_counts()
    {
        var room = Playing("ann").Do(new ChangeSettings(Host, settings => settings with { VoteSkip = false }, null), 1);
        Assert.Equal("room.voting_off", room.RefusalOf(new VoteSkip("ann", room.Timeline.ItemId, Of(2)), 2));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(0, 1)]
    [InlineData(100_000, 500)]
    public void The_votes_needed_follow_the_present(int present, int needed) =>
        Assert.Equal(needed, WithHost().Settings.VotesNeeded(present));

    [Fact]
    public void Only_the_host_gives_roles()
    {
        var room = With("ann", "ben").Do(new SetRole(Host, "ann", RoomRole.Dj), 1);
        Assert.Equal("room.forbidden", room.RefusalOf(new SetRole("ann", "ben", RoomRole.Dj), 2));
        room.Change(new SetRole(Host, "ann", RoomRole.Listener), 2).Tells(new RoleChanged("ann", RoomRole.Listener));
    }

    [Fact]
    public void Passing_the_host_role_on_makes_the_former_host_a_dj()
    {
        var room = With("ann").Do(new SetRole(Host, "ann", RoomRole.Host), 1);
        Assert.Equal(("ann", RoomRole.Dj), (room.HostId, room.RoleOf(Host)));
        Assert.Equal("room.invalid_role", room.RefusalOf(new SetRole("ann", "ann", RoomRole.Listener), 2));
    }

    [Fact]
    public void A_room_has_places_for_so_many_roles_only()
    {
        var room = WithHost();
        for (var number = 1; number < RoomLimits.Roles; number++)
        {
            room = room.Do(new SetRole(Host, $"u{number}", RoomRole.Dj), 1);
        }

        Assert.Equal("room.too_many_roles", room.RefusalOf(new SetRole(Host, "one-more", RoomRole.Dj), 1));
    }

    [Fact]
    public void The_host_changes_settings_and_all_members_are_told()
    {
        var change = With("ann").Change(new ChangeSettings(Host, settings => settings with { Name = "Attic" }, new NewPassword("hash")), 1);
        Assert.Equal(("Attic", "hash"), (change.Room.Settings.Name, change.Room.PasswordHash));
        change.Tells(new SettingsChanged());
        Assert.Equal("room.forbidden", change.Room.RefusalOf(new ChangeSettings("ann", settings => settings, null), 2));
        Assert.Null(change.Room.Do(new ChangeSettings(Host, settings => settings, new NewPassword(null)), 3).PasswordHash);
    }

    [Fact]
    public void Settings_out_of_bounds_are_refused()
    {
        string Refused(Func<RoomSettings, RoomSettings> change) => WithHost().RefusalOf(new ChangeSettings(Host, change, null), 1);
        Assert.Equal("room.invalid_name", Refused(settings => settings with { Name = " " }));
        Assert.Equal("room.invalid_name", Refused(settings => settings with { Name = new string('x', 81) }));
        Assert.Equal("room.invalid_settings", Refused(settings => settings with { VoteSkipShare = double.NaN }));
        Assert.Equal("room.invalid_settings", Refused(settings => settings with { SlowMode = TimeSpan.FromHours(1) }));
        Assert.Equal("room.invalid_settings", Refused(settings => settings with { Visibility = (RoomVisibility)7 }));
    }

    [Fact]
    public void Slow_mode_makes_listeners_wait_and_says_how_long()
    {
        var room = With("ann").Do(new ChangeSettings(Host, settings => settings with { SlowMode = TimeSpan.FromSeconds(10) }, null), 0);
        var refused = Assert.Throws<RefusedException>(() => ChatRules.Check(room, "ann", At(5), At(9)));
        Assert.Equal(("room.slow_mode", TimeSpan.FromSeconds(6)), (refused.Refusal.Code, refused.Refusal.RetryAfter));
        ChatRules.Check(room, "ann", At(5), At(15));
        ChatRules.Check(room, Host, At(5), At(5));
        ChatRules.Check(room, "ann", null, At(0));
    }

    [Fact]
    public void Where_chat_is_off_no_member_speaks()
    {
        var room = WithHost().Do(new ChangeSettings(Host, settings => settings with { ChatEnabled = false }, null), 0);
        Assert.Equal("room.chat_off", Assert.Throws<RefusedException>(() => ChatRules.Check(room, Host, null, At(1))).Refusal.Code);
    }
}
