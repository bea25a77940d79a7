using System.Net;
using System.Text.Json;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Rooms;

/// <summary>Who is let into a room, and how they ask.</summary>
[Trait("Stores", "both")]
public sealed class KnockingTests(RoomsHub hub) : IClassFixture<RoomsHub>
{
    [Fact]
    public async Task Who_knocks_is_let_in_by_the_host_and_other_members_hear_nothing()
    {
        await using var host = await KnockingRoomAsync("private");
        await using var dan = await EnterAsync(host, "Dan");
        var ann = await hub.App.GuestAsync("Ann");
        await using var client = await HubClient.ConnectAsync(ann);
        await FollowMeAsync(client, ann.User.Id);
        await client.RefusedAsync("room.knock", "JoinRoom", host.Snapshot.Code, null);

        var answer = await client.CallAsync("Knock", host.Snapshot.Code);
        Assert.Equal(["roomId", "untilMs"], answer.EnumerateObject().Select(property => property.Name));
        var knock = await host.HearsAsync<KnockView>("knock");
        Assert.Equal((host.RoomId, ann.User.Id), (knock.RoomId, knock.User.Id));
        Assert.Equal(ann.User.Id, Assert.Single((await KnocksAsync(host)).Items).User.Id);
        await dan.RefusedAsync("room.forbidden", "Admit", ann.User.Id, true);
        await dan.Person.Http.GetAsync($"/api/rooms/{host.RoomId}/knocks").RefusedAsync(HttpStatusCode.Forbidden, "room.forbidden");

        await host.DoAsync("Admit", ann.User.Id, true);

        Assert.Equal(new KnockDecision(host.RoomId, ann.User.Id, Allowed: true), await HearsAsync<KnockDecision>(client, "knock.answered"));
        await client.CallAsync("JoinRoom", host.RoomId, null);
        Assert.Equal("member.joined", (await dan.Client.NextAsync()).Type);
        Assert.Empty((await KnocksAsync(host)).Items);
        await host.RefusedAsync("room.knock_not_found", "Admit", ann.User.Id, true);
    }

    [Fact]
    public async Task Who_is_not_let_in_hears_so_and_waits_before_knocking_again()
    {
        await using var host = await KnockingRoomAsync();
        var ann = await hub.App.GuestAsync("Ann");
        await using var client = await HubClient.ConnectAsync(ann);
        await FollowMeAsync(client, ann.User.Id);
        await client.CallAsync("Knock", host.RoomId);

        await host.DoAsync("Admit", ann.User.Id, false);

        Assert.False((await HearsAsync<KnockDecision>(client, "knock.answered")).Allowed);
        await client.RefusedAsync("room.knock", "JoinRoom", host.RoomId, null);
        var refusal = await client.RefusedAsync("room.knock_refused", "Knock", host.RoomId);
        Assert.InRange(refusal.GetProperty("retryAfterMs").GetDouble(), 1, 600_000);
    }

    [Fact]
    public async Task Knocking_twice_is_one_knock()
    {
        await using var host = await KnockingRoomAsync();
        var ann = await hub.App.GuestAsync("Ann");
        await using var client = await HubClient.ConnectAsync(ann);
        var first = await client.CallAsync("Knock", host.RoomId);
        Assert.Equal(first.GetRawText(), (await client.CallAsync("Knock", host.RoomId)).GetRawText());
        await host.DoAsync("Admit", ann.User.Id, true);

        Assert.Equal("knock", (await host.Client.NextEventAsync("knock")).Type);
        Assert.Equal("knock.answered", (await host.Client.NextAsync()).Type);
    }

    [Fact]
    public async Task A_room_that_is_entered_by_knocking_is_not_open_to_read()
    {
        await using var host = await KnockingRoomAsync();
        await host.DoAsync("Say", "between us", "k");
        var ann = await hub.App.GuestAsync("Ann");
        await using var client = await HubClient.ConnectAsync(ann);

        await client.RefusedAsync("room.not_member", "Follow", "room:" + host.RoomId, null);
        var seen = await ann.Http.GetAsync($"/api/rooms/{host.RoomId}").ReadAsync<RoomView>();
        Assert.Null(seen.Chat);
        Assert.Empty(seen.Members);
        Assert.True(seen.Settings.Knock);
    }

    [Fact]
    public async Task Knocking_is_for_rooms_that_ask_for_it_and_not_for_the_banned()
    {
        await using var open = await hub.HostAsync();
        await using var host = await KnockingRoomAsync();
        var ann = await hub.App.GuestAsync("Ann");
        await using var client = await HubClient.ConnectAsync(ann);
        await client.RefusedAsync("room.knock_off", "Knock", open.RoomId);
        await host.RefusedAsync("room.knock_off", "Knock");
        await client.RefusedAsync("room.not_found", "Knock", "nowhere");
        await client.RefusedAsync("room.not_found", "Knock", [null]);
        await host.DoAsync("BanMember", ann.User.Id, 5);
        await client.RefusedAsync("room.kicked", "Knock", host.RoomId);
        await host.RefusedAsync("room.knock_not_found", "Admit", ann.User.Id, true);
    }

    [Fact]
    public async Task A_password_opens_a_room_that_one_may_also_knock_at()
    {
        await using var host = await hub.HostAsync("sesame");
        await host.DoAsync("ChangeRoom", new { knock = true });
        await using var ann = await hub.EnterAsync(host.RoomId, "sesame");
        var ben = await hub.App.GuestAsync("Ben");
        await using var client = await HubClient.ConnectAsync(ben);
        await client.RefusedAsync("room.password", "JoinRoom", host.RoomId, null);
        await client.CallAsync("Knock", host.RoomId);
        await host.DoAsync("Admit", ben.User.Id, true);
        await client.CallAsync("JoinRoom", host.RoomId, null);
    }

    [Fact]
    public async Task A_room_for_accounts_takes_no_guests_and_keeps_those_inside()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await host.DoAsync("ChangeRoom", new { accountsOnly = true });

        Assert.True((await ann.HearsAsync<SettingsView>("settings")).AccountsOnly);
        await ann.DoAsync("Say", "still here", "k");
        await using var client = await HubClient.ConnectAsync(await hub.App.GuestAsync("Ben"));
        await client.RefusedAsync("room.accounts_only", "JoinRoom", host.RoomId, null);
        await using var member = await RoomsHub.EnterAsync(await hub.App.MemberAsync("m" + Guid.CreateVersion7().ToString("N")[^12..]), host.RoomId, null);
    }

    [Fact]
    public async Task A_room_for_followers_takes_who_follows_its_host_and_keeps_those_inside()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await host.DoAsync("ChangeRoom", new { followersOnly = true });

        await ann.DoAsync("Say", "still here", "k");
        var ben = await hub.App.GuestAsync("Ben");
        await using var client = await HubClient.ConnectAsync(ben);
        await client.RefusedAsync("room.followers_only", "JoinRoom", host.RoomId, null);
        await ben.Http.PutAsync($"/api/users/{host.Person.User.Handle}/follow", null).ReadAsync<Profile>();
        await client.CallAsync("JoinRoom", host.RoomId, null);
    }

    [Fact]
    public async Task Songs_come_in_turn_where_the_host_wants_it_and_newcomers_do_not_vote()
    {
        await using var app = new HubApp();
        var track = await app.AddTrackAsync("Song");
        await using var host = await RoomsHub.HostAsync(app);
        await using var ann = await RoomsHub.EnterAsync(await app.GuestAsync("Ann"), host.RoomId, null);
        await host.DoAsync("ChangeRoom", new { fairQueue = true, queueShare = 2 });
        await ann.QueueAsync(track, track);
        await ann.RefusedAsync("room.queue_share", "Enqueue", track.Id, "third");
        await host.QueueAsync(track);

        Assert.Equal([ann.Id, host.Id, ann.Id], (await host.LookAsync()).Queue.Select(item => item.AddedBy.Id));
        await host.DoAsync("Play");
        var refusal = await ann.RefusedAsync("room.vote_too_soon", "VoteSkip", (await host.LookAsync()).Timeline.ItemId);
        Assert.InRange(refusal.GetProperty("retryAfterMs").GetDouble(), 1, 60_000);
    }

    private async Task<Guest> KnockingRoomAsync(string visibility = "public")
    {
        var host = await hub.HostAsync(visibility: visibility);
        await host.DoAsync("ChangeRoom", new { knock = true });
        await FollowMeAsync(host.Client, host.Id);
        return host;
    }

    /// <summary>A listener who knocked and was let in.</summary>
    private async Task<Guest> EnterAsync(Guest host, string name)
    {
        var person = await hub.App.GuestAsync(name);
        await using (var client = await HubClient.ConnectAsync(person))
            await client.CallAsync("Knock", host.RoomId);
        await host.Client.NextEventAsync("knock");
        await host.DoAsync("Admit", person.User.Id, true);
        return await RoomsHub.EnterAsync(person, host.RoomId, null);
    }

    private static Task FollowMeAsync(HubClient client, string userId) => client.CallAsync("Follow", "me:" + userId, null);

    private static async Task<T> HearsAsync<T>(HubClient client, string type) => (await client.NextEventAsync(type)).Data.Deserialize<T>(WireJson.Options)!;

    private static Task<Page<KnockView>> KnocksAsync(Guest host) => host.Person.Http.GetAsync($"/api/rooms/{host.RoomId}/knocks").ReadAsync<Page<KnockView>>();
}
