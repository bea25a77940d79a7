using System.Text.Json;
using MusicSocial.Sync;

namespace MusicSocial.Server.Tests.Rooms;

[Trait("Stores", "both")]
public sealed class RunningARoomTests(RoomsHub hub) : IClassFixture<RoomsHub>
{
    [Fact]
    public async Task A_dj_runs_the_music_and_a_listener_again_does_not()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await host.QueueAsync(hub.First);

        await host.DoAsync("SetRole", ann.Id, "dj");
        Assert.Equal(new RoleView(ann.Id, RoomRole.Dj), await ann.HearsAsync<RoleView>("member.role"));
        await ann.DoAsync("Play");
        await host.DoAsync("SetRole", ann.Id, "listener");

        await ann.RefusedAsync("room.forbidden", "Pause");
        await ann.RefusedAsync("room.forbidden", "SetRole", host.Id, "listener");
        await host.RefusedAsync("room.invalid_role", "SetRole", ann.Id, "king");
        await host.RefusedAsync("room.invalid_role", "SetRole", ann.Id, "7");
        await host.RefusedAsync("room.not_member", "SetRole", "nobody", "dj");
        await host.RefusedAsync("room.not_member", "SetRole", null, "dj");
    }

    [Fact]
    public async Task The_host_passes_on_when_the_host_leaves()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await using var ben = await hub.EnterAsync(host.RoomId, name: "Ben");
        await host.DoAsync("SetRole", ben.Id, "dj");

        await host.DoAsync("LeaveRoom");

        var settings = await ann.HearsAsync<JsonElement>("settings");
        Assert.Equal(ben.Id, settings.GetProperty("hostId").GetString());
        Assert.Equal(ben.Id, (await ann.LookAsync()).HostId);
        await ben.DoAsync("SetRole", ann.Id, "host");
        Assert.Equal(ann.Id, (await ann.LookAsync()).HostId);
    }

    [Fact]
    public async Task Who_is_kicked_is_told_and_stays_out()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);

        await ann.RefusedAsync("room.forbidden", "KickMember", host.Id);
        await host.DoAsync("KickMember", ann.Id);

        Assert.True((await ann.Client.NextSignalAsync("kicked")).GetProperty("retryAfterMs").GetDouble() > 0);
        var refusal = await ann.RefusedAsync("room.kicked", "JoinRoom", [null]);
        Assert.True(refusal.GetProperty("retryAfterMs").GetDouble() > 0);
        await ann.Client.RefusedAsync("room.kicked", "Follow", "room:" + host.RoomId, null);
        await ann.RefusedAsync("room.not_member", "Say", "still here?", "k");
    }

    [Fact]
    public async Task The_host_changes_settings_and_all_members_are_told()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await host.DoAsync("ChangeRoom", new { name = " Attic \u202e", slowModeMs = 5000, voteSkipShare = 0.25, password = "sesame" });

        var settings = await ann.HearsAsync<JsonElement>("settings");
        Assert.Equal("Attic", settings.GetProperty("name").GetString());
        Assert.True(settings.GetProperty("passwordProtected").GetBoolean());
        Assert.Equal(host.Id, settings.GetProperty("hostId").GetString());
        Assert.DoesNotContain("hash", settings.GetRawText(), StringComparison.OrdinalIgnoreCase);

        await host.DoAsync("ChangeRoom", new { password = "" });
        Assert.False((await host.LookAsync()).Settings.PasswordProtected);
        await ann.RefusedAsync("room.forbidden", "ChangeRoom", new { name = "Mine" });
        await host.RefusedAsync("room.invalid_settings", "ChangeRoom", new { slowModeMs = -1 });
        await host.RefusedAsync("room.invalid_settings", "ChangeRoom", new { voteSkipShare = 2 });
        await host.RefusedAsync("room.invalid_settings", "ChangeRoom", new { visibility = "hidden" });
        await host.RefusedAsync("room.invalid_settings", "ChangeRoom", [null]);
        await host.RefusedAsync("text.empty", "ChangeRoom", new { name = "" });
    }

    [Fact]
    public async Task What_is_said_is_heard_once_and_newcomers_read_it()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await ann.DoAsync("Say", "hello \u202eworld", "k1");
        await ann.DoAsync("Say", "hello \u202eworld", "k1");
        await ann.DoAsync("Say", "bye", "k2");

        var hello = await host.HearsAsync<ChatMessage>("chat");
        Assert.Equal(("hello world", "k1", ann.Person.User), (hello.Text, hello.ClientKey, hello.Author));
        Assert.Equal("bye", (await host.HearsAsync<ChatMessage>("chat")).Text);
        await using var ben = await hub.EnterAsync(host.RoomId, name: "Ben");
        Assert.Equal(["hello world", "bye"], ben.Snapshot.Chat!.Select(message => message.Text));
    }

    [Fact]
    public async Task Chat_has_its_limits()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await ann.RefusedAsync("text.empty", "Say", " ", "k");
        await ann.RefusedAsync("text.too_long", "Say", new string('x', 501), "k");
        await ann.RefusedAsync("room.invalid_command", "Say", "hi", "");

        await host.DoAsync("ChangeRoom", new { slowModeMs = 60_000 });
        await ann.DoAsync("Say", "one", "k1");
        var refusal = await ann.RefusedAsync("room.slow_mode", "Say", "two", "k2");
        Assert.InRange(refusal.GetProperty("retryAfterMs").GetDouble(), 1, 60_000);
        await ann.DoAsync("Say", "one", "k1");
        await host.DoAsync("Say", "hosts may", "h1");
        await host.DoAsync("Say", "speak", "h2");

        await host.DoAsync("ChangeRoom", new { chatEnabled = false });
        await host.RefusedAsync("room.chat_off", "Say", "?", "k3");
    }

    [Fact]
    public async Task An_invitation_reaches_the_invited()
    {
        await using var host = await hub.HostAsync(visibility: "private");
        await host.RefusedAsync("user.not_found", "InviteToRoom", "nobody");
        var ann = await hub.App.GuestAsync("Ann");
        await using var client = await HubClient.ConnectAsync(ann);
        await client.CallAsync("Follow", "me:" + ann.User.Id, null);

        await host.DoAsync("InviteToRoom", ann.User.Id);

        var notice = (await client.NextEventAsync("invitation")).Data.GetProperty("data");
        Assert.Equal(host.Snapshot.Code, notice.GetProperty("room").GetProperty("code").GetString());
        Assert.Equal(host.Id, notice.GetProperty("from").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Reactions_fly_over_a_followed_room()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await ann.Client.CallAsync("React", "room:" + host.RoomId, "❤️");

        Assert.Equal(1, (await host.Client.NextSignalAsync("reactions")).GetProperty("❤️").GetInt32());
        foreach (var emoji in new[] { "1️⃣", "‼️", "🇫🇷", "👏🏽" })
            await ann.Client.CallAsync("React", "room:" + host.RoomId, emoji);
        await ann.Client.RefusedAsync("reaction.invalid", "React", "room:" + host.RoomId, "hello");
        await ann.Client.RefusedAsync("reaction.invalid", "React", "room:" + host.RoomId, "1");
        await ann.Client.RefusedAsync("reaction.invalid", "React", "room:" + host.RoomId, "❤️❤️");
        await ann.Client.RefusedAsync("reaction.not_followed", "React", "room:elsewhere", "❤️");
    }

    [Fact]
    public async Task A_large_room_counts_its_listeners_instead_of_naming_them()
    {
        await using var host = await hub.HostAsync();
        var guests = new List<Guest>();
        for (var number = 0; number < RoomLimits.SmallRoom + 5; number++)
            guests.Add(await hub.EnterAsync(host.RoomId, name: $"Guest {number}"));

        var room = await host.LookAsync();
        Assert.Equal(RoomLimits.SmallRoom + 6, room.Listeners);
        Assert.Equal(RoomLimits.SmallRoom, room.Members.Count);
        await guests[^1].DoAsync("Say", "counted, not named", "k");
        await host.DoAsync("SetRole", guests[^1].Id, "dj");
        Assert.Equal(RoomRole.Dj, (await host.LookAsync()).Members.Single(member => member.User.Id == guests[^1].Id).Role);
        await host.DoAsync("KickMember", guests[^2].Id);
        foreach (var guest in guests)
            await guest.DisposeAsync();
    }
}
