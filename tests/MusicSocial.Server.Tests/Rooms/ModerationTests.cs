using System.Net;
using System.Text.Json;

namespace MusicSocial.Server.Tests.Rooms;

/// <summary>What a host does about members who disturb a room.</summary>
[Trait("Stores", "both")]
public sealed class ModerationTests(RoomsHub hub) : IClassFixture<RoomsHub>
{
    [Fact]
    public async Task Who_is_banned_for_good_is_told_stays_out_and_is_let_in_when_the_ban_is_lifted()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await host.DoAsync("BanMember", ann.Id, null);

        Assert.False((await ann.Client.NextSignalAsync("kicked")).TryGetProperty("retryAfterMs", out var retry) && retry.ValueKind == JsonValueKind.Number);
        await ann.RefusedAsync("room.banned", "JoinRoom", [null]);
        await ann.Client.RefusedAsync("room.banned", "Follow", "room:" + host.RoomId, null);
        var ban = Assert.Single((await BansAsync(host)).Items);
        Assert.Equal((ann.Id, null), (ban.User.Id, ban.UntilMs));

        using var lifted = await host.Person.Http.DeleteAsync($"/api/rooms/{host.RoomId}/bans/{ann.Id}");
        Assert.Equal(HttpStatusCode.NoContent, lifted.StatusCode);
        await ann.DoAsync("JoinRoom", [null]);
        Assert.Empty((await BansAsync(host)).Items);
    }

    [Fact]
    public async Task A_ban_for_minutes_ends_and_is_for_those_above_the_banned()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await using var ben = await hub.EnterAsync(host.RoomId, name: "Ben");
        await ann.RefusedAsync("room.forbidden", "BanMember", ben.Id, 5);
        await host.RefusedAsync("room.forbidden", "BanMember", host.Id, 5);
        await host.RefusedAsync("room.invalid_minutes", "BanMember", ben.Id, 0);
        await host.RefusedAsync("user.not_found", "BanMember", "nobody", 5);
        await host.RefusedAsync("room.not_member", "BanMember", null, 5);

        await host.DoAsync("BanMember", ben.Id, 90);

        var refusal = await ben.RefusedAsync("room.kicked", "JoinRoom", [null]);
        Assert.InRange(refusal.GetProperty("retryAfterMs").GetDouble(), 80 * 60_000, 90 * 60_000);
        await ann.Person.Http.GetAsync($"/api/rooms/{host.RoomId}/bans").RefusedAsync(HttpStatusCode.Forbidden, "room.forbidden");
        await ann.Person.Http.DeleteAsync($"/api/rooms/{host.RoomId}/bans/{ben.Id}").RefusedAsync(HttpStatusCode.Forbidden, "room.forbidden");
        await ben.Person.Http.GetAsync($"/api/rooms/{host.RoomId}/bans").RefusedAsync(HttpStatusCode.Forbidden, "room.not_member");
    }

    [Fact]
    public async Task A_user_who_is_not_there_is_banned_too()
    {
        await using var host = await hub.HostAsync();
        var ann = await hub.App.GuestAsync("Ann");
        await host.DoAsync("BanMember", ann.User.Id, null);

        await using var client = await HubClient.ConnectAsync(ann);
        await client.RefusedAsync("room.banned", "JoinRoom", host.RoomId, null);
    }

    [Fact]
    public async Task Messages_that_were_cleared_are_gone_for_those_present_newcomers_and_those_who_were_away()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await using var ben = await hub.EnterAsync(host.RoomId, name: "Ben");
        var before = ben.Answer.GetProperty("position").Deserialize<TopicPosition>(WireJson.Options);
        await ann.DoAsync("Say", "buy my spam", "k1");
        await host.DoAsync("Say", "please stop", "k1");
        await ben.RefusedAsync("room.forbidden", "ClearMessages", ann.Id);

        await host.DoAsync("ClearMessages", ann.Id);

        Assert.Equal(ann.Id, (await ben.HearsAsync<ClearedChatView>("chat.cleared")).UserId);
        await using var cat = await hub.EnterAsync(host.RoomId, name: "Cat");
        Assert.Equal(["please stop"], cat.Snapshot.Chat!.Select(message => message.Text));
        var resumed = await cat.Client.CallAsync("Follow", "room:" + host.RoomId, before);
        Assert.True(resumed.GetProperty("recovered").GetBoolean());
        Assert.Contains("please stop", resumed.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("spam", resumed.GetRawText(), StringComparison.Ordinal);

        await ann.DoAsync("Say", "sorry", "k2");
        Assert.Equal(["please stop", "sorry"], (await host.LookAsync()).Chat!.Select(message => message.Text));
    }

    [Fact]
    public async Task A_paused_chat_is_seen_by_all_and_open_to_hosts()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await ann.RefusedAsync("room.forbidden", "PauseChat", 5);
        await host.RefusedAsync("room.invalid_minutes", "PauseChat", -1);
        await host.DoAsync("PauseChat", 5);

        Assert.NotNull((await ann.HearsAsync<HostedSettingsView>("settings")).ChatPausedUntilMs);
        var refusal = await ann.RefusedAsync("room.chat_paused", "Say", "but", "k");
        Assert.InRange(refusal.GetProperty("retryAfterMs").GetDouble(), 1, 300_000);
        await host.DoAsync("Say", "a moment, please", "k");

        await host.DoAsync("PauseChat", 0);
        await ann.DoAsync("Say", "thanks", "k");
        Assert.Null((await ann.LookAsync()).Settings.ChatPausedUntilMs);
    }

    [Fact]
    public async Task A_banned_guest_does_not_come_back_as_another_guest_of_the_same_network()
    {
        await using var app = new HubApp();
        await using var host = await RoomsHub.HostAsync(app);
        await using var mal = await FromAsync(app, await app.GuestAsync("Mal"), "203.0.113.7");
        await mal.CallAsync("JoinRoom", host.RoomId, null);
        var malId = (await host.HearsAsync<MemberMovedView>("member.joined")).User.Id;

        await host.DoAsync("BanMember", malId, 60);

        await using var again = await FromAsync(app, await app.GuestAsync("Not Mal"), "203.0.113.7");
        await again.RefusedAsync("room.kicked", "JoinRoom", host.RoomId, null);
        await using var neighbour = await FromAsync(app, await app.MemberAsync("neighbour"), "203.0.113.7");
        await neighbour.CallAsync("JoinRoom", host.RoomId, null);
        await using var far = await FromAsync(app, await app.GuestAsync("Far"), "203.0.113.8");
        await far.CallAsync("JoinRoom", host.RoomId, null);
        Assert.True(Assert.Single((await BansAsync(host)).Items).Network);
    }

    [Fact]
    public async Task Words_are_masked_or_refused_for_listeners_and_known_to_the_host_alone()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await host.DoAsync("ChangeRoom", new { wordRules = new[] { new { word = "drat", action = "mask" }, new { word = "heck", action = "refuse" } }, linksAfterMs = 60_000 });

        await ann.DoAsync("Say", "oh DR\u00c1T", "k1");
        Assert.Equal("oh ****", (await host.HearsAsync<ChatMessage>("chat")).Text);
        await ann.RefusedAsync("room.word_refused", "Say", "heck", "k2");
        await ann.RefusedAsync("room.links_too_soon", "Say", "buy at example.org", "k3");
        Assert.DoesNotContain("drat", ann.Answer.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(2, (await host.Person.Http.GetAsync($"/api/rooms/{host.RoomId}/words").ReadAsync<Page<WordRuleView>>()).Items.Count);
        await ann.Person.Http.GetAsync($"/api/rooms/{host.RoomId}/words").RefusedAsync(HttpStatusCode.Forbidden, "room.forbidden");
        await host.RefusedAsync("room.invalid_settings", "ChangeRoom", new { wordRules = new[] { new { word = "drat", action = "shout" } } });
        await host.RefusedAsync("room.invalid_settings", "ChangeRoom", new { wordRules = new[] { new { word = (string?)null, action = "mask" } } });
    }

    private static Task<Page<BanView>> BansAsync(Guest host) => host.Person.Http.GetAsync($"/api/rooms/{host.RoomId}/bans").ReadAsync<Page<BanView>>();

    private static Task<HubClient> FromAsync(HubApp app, Person person, string address) => HubClient.ConnectAsync(person, protocol: null, address);
}
