using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Rooms;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Rooms;

[Trait("Stores", "both")]
public sealed class EnteringTests(RoomsHub hub) : IClassFixture<RoomsHub>
{
    [Fact]
    public async Task A_room_is_entered_by_id_or_by_code_in_any_case()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.Snapshot.Code.ToLowerInvariant());
        await using var ben = await hub.EnterAsync(host.RoomId.ToUpperInvariant(), name: "Ben");

        Assert.Equal(host.RoomId, ann.RoomId);
        Assert.Equal(host.RoomId, ben.RoomId);
        Assert.Matches("^[2-9BCDFGHJKMNPQRSTVWXYZ]{6}$", ann.Snapshot.Code);
        Assert.Equal("room:" + host.RoomId, ann.Answer.GetProperty("topic").GetString());
    }

    [Fact]
    public async Task Coming_and_going_is_told()
    {
        await using var host = await hub.HostAsync();
        var ann = await hub.EnterAsync(host.RoomId);

        var joined = await NextOfAsync(host, "member.joined", ann);
        Assert.Equal(RoomRole.Listener, joined.Role);
        await ann.DoAsync("LeaveRoom");
        await NextOfAsync(host, "member.left", ann);

        Assert.DoesNotContain((await host.LookAsync()).Members, member => member.User.Id == ann.Id);
        await ann.DisposeAsync();
    }

    [Fact]
    public async Task A_quick_reload_is_not_seen_and_a_lost_connection_leaves_after_the_grace()
    {
        await using var host = await hub.HostAsync();
        var ann = await hub.EnterAsync(host.RoomId);
        await NextOfAsync(host, "member.joined", ann);
        await ann.DisposeAsync();
        await using var back = await HubClient.ConnectAsync(ann.Person);
        await back.CallAsync("JoinRoom", host.RoomId, null);
        await using var ben = await hub.EnterAsync(host.RoomId, name: "Ben");

        Assert.Equal(ben.Id, (await host.HearsAsync<MemberMovedView>("member.joined")).User.Id);

        await back.DisposeAsync();
        Assert.Equal(ann.Id, (await host.HearsAsync<MemberMovedView>("member.left")).User.Id);
    }

    [Fact]
    public async Task A_member_who_follows_again_on_a_new_connection_is_there_again()
    {
        await using var host = await hub.HostAsync(visibility: "private");
        await using var witness = await hub.EnterAsync(host.RoomId, name: "Cat");
        var gone = await hub.EnterAsync(host.RoomId, name: "Ben");
        await host.DisposeAsync();
        await Patiently.UntilAsync(
            () => !hub.App.Services.GetRequiredService<RoomConnections>().Connected(host.RoomId, 9).Contains(host.Id), "the host's connection is lost");
        await gone.DisposeAsync();
        await using var back = await HubClient.ConnectAsync(host.Person);
        var position = host.Answer.GetProperty("position");

        var answer = await back.CallAsync("Follow", "room:" + host.RoomId, position);

        Assert.True(answer.GetProperty("recovered").GetBoolean());
        // Lost after the host and not back: when the grace of this one is over, the host's was before.
        Assert.Equal(gone.Id, (await witness.HearsAsync<MemberMovedView>("member.left")).User.Id);
        await back.CallAsync("Enqueue", host.RoomId, hub.First.Id, "still-here");
    }

    [Fact]
    public async Task A_guest_who_slept_longer_than_the_grace_follows_and_is_a_member_again()
    {
        await using var host = await hub.HostAsync(password: "sesame");
        var ann = await hub.EnterAsync(host.RoomId, "sesame");
        await ann.DisposeAsync();
        await NextOfAsync(host, "member.left", ann);

        await using var back = await HubClient.ConnectAsync(ann.Person);
        await back.CallAsync("Follow", "room:" + host.RoomId, ann.Answer.GetProperty("position"));

        await back.CallAsync("Say", host.RoomId, "good morning", "k");
        await back.CallAsync("LeaveRoom", host.RoomId);
        await back.RefusedAsync("room.not_member", "Follow", "room:" + host.RoomId, null);
    }

    [Fact]
    public async Task A_password_is_needed_once_and_guessing_is_slowed_down()
    {
        await using var host = await hub.HostAsync(password: "sesame");
        Assert.True(host.Snapshot.Settings.PasswordProtected);
        await using var client = await HubClient.ConnectAsync(await hub.App.GuestAsync("Ann"));
        await client.RefusedAsync("room.password", "JoinRoom", host.RoomId, null);
        await client.RefusedAsync("room.password", "JoinRoom", host.RoomId, "wrong");
        await client.RefusedAsync("room.not_member", "Follow", "room:" + host.RoomId, null);

        await client.CallAsync("JoinRoom", host.RoomId, "sesame");
        await client.CallAsync("JoinRoom", host.RoomId, null);

        await using var guesser = await HubClient.ConnectAsync(await hub.App.GuestAsync("Mal"));
        for (var guess = 0; guess < 8; guess++)
            await guesser.RefusedAsync("room.password", "JoinRoom", host.RoomId, $"guess {guess}");
        var refusal = await guesser.RefusedAsync("rate.limited", "JoinRoom", host.RoomId, "sesame");
        Assert.True(refusal.GetProperty("retryAfterMs").GetDouble() > 0);
    }

    [Fact]
    public async Task A_private_room_shows_strangers_its_door_plate_and_nothing_else()
    {
        await using var host = await hub.HostAsync(visibility: "private");
        await host.QueueAsync(hub.First, hub.Second);
        await host.DoAsync("Play");
        await host.DoAsync("Say", "secret", "k");

        var plate = await hub.App.Http.GetAsync($"/api/rooms/{host.Snapshot.Code}").ReadAsync<RoomView>();

        Assert.Equal(("Kitchen", 1), (plate.Name, plate.Listeners));
        Assert.Equal((null, null), (plate.Timeline.TrackId, plate.Current));
        Assert.Null(plate.Chat);
        Assert.Empty(plate.Queue);
        Assert.Empty(plate.Members);
        var directory = await hub.App.Http.GetAsync("/api/rooms?limit=200").ReadAsync<JsonElement>();
        Assert.DoesNotContain(host.RoomId, directory.GetRawText(), StringComparison.Ordinal);
        await using var stranger = await HubClient.ConnectAsync(await hub.App.GuestAsync("Eve"));
        await stranger.RefusedAsync("room.not_member", "Follow", "room:" + host.RoomId, null);
    }

    [Fact]
    public async Task An_open_room_can_be_followed_for_reading_without_becoming_a_member()
    {
        await using var host = await hub.HostAsync();
        await using var reader = await HubClient.ConnectAsync(await hub.App.GuestAsync("Reader"));

        await reader.CallAsync("Follow", "room:" + host.RoomId, null);
        await host.QueueAsync(hub.First);

        await reader.NextEventAsync("queue");
        Assert.Single((await host.LookAsync()).Members);
        await reader.RefusedAsync("room.not_member", "Say", host.RoomId, "hello", "k");
        await reader.RefusedAsync("room.not_found", "Follow", "room:" + host.Snapshot.Code, null);
    }

    [Fact]
    public async Task Those_who_read_along_lose_sight_of_a_room_that_becomes_private()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await using var reader = await HubClient.ConnectAsync(await hub.App.GuestAsync("Reader"));
        await reader.CallAsync("Follow", "room:" + host.RoomId, null);

        await host.DoAsync("ChangeRoom", new { visibility = "private" });
        await host.DoAsync("Say", "among ourselves", "k");

        await ann.Client.NextEventAsync("chat");
        await reader.RefusedAsync("reaction.not_followed", "React", "room:" + host.RoomId, "❤️");
        await reader.RefusedAsync("room.not_member", "Follow", "room:" + host.RoomId, null);
    }

    [Fact]
    public async Task The_directory_lists_public_rooms_busiest_first_page_by_page()
    {
        await using var quiet = await hub.HostAsync();
        await using var busy = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(busy.RoomId);
        await using var ben = await hub.EnterAsync(busy.RoomId, name: "Ben");
        while ((await busy.Client.NextSignalAsync("listeners")).GetProperty("listeners").GetInt32() < 3)
        {
            // Counted a moment later: wait for the next count.
        }

        var rooms = await AllAsync();
        while (rooms.FindIndex(room => room.Id == busy.RoomId) > rooms.FindIndex(room => room.Id == quiet.RoomId))
            rooms = await AllAsync();

        Assert.Equal(3, rooms.Single(room => room.Id == busy.RoomId).Listeners);
        Assert.Equal(rooms.Count, rooms.DistinctBy(room => room.Id).Count());
        await hub.App.Http.GetAsync("/api/rooms?cursor=nonsense").RefusedAsync(HttpStatusCode.BadRequest, "request.bad_cursor");
    }

    [Fact]
    public async Task A_qr_code_leads_to_the_room()
    {
        await using var host = await hub.HostAsync();
        using var answer = await hub.App.Http.GetAsync($"/api/rooms/{host.Snapshot.Code}/qr.svg");

        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("<svg", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_room_is_refused()
    {
        var ann = await hub.App.GuestAsync("Ann");
        await hub.App.Http.GetAsync("/api/rooms/nowhere").RefusedAsync(HttpStatusCode.NotFound, "room.not_found");
        await hub.App.Http.GetAsync("/api/rooms/ZZZZZZ").RefusedAsync(HttpStatusCode.NotFound, "room.not_found");
        await hub.App.Http.PostAsJsonAsync("/api/rooms", new { name = "x" }).RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
        await ann.Http.PostAsJsonAsync("/api/rooms", new { name = " " }).RefusedAsync(HttpStatusCode.BadRequest, "text.empty");
        await ann.Http.PostAsJsonAsync("/api/rooms", new { name = new string('x', 81) }).RefusedAsync(HttpStatusCode.BadRequest, "text.too_long");
        await ann.Http.PostAsJsonAsync("/api/rooms", new { name = "x", visibility = "secret" }).RefusedAsync(HttpStatusCode.BadRequest, "room.invalid_settings");
        await ann.Http.PostAsJsonAsync("/api/rooms", new { name = "x", password = new string('x', 129) }).RefusedAsync(HttpStatusCode.BadRequest, "room.invalid_password");
        await using var client = await HubClient.ConnectAsync(ann);
        await client.RefusedAsync("room.not_found", "JoinRoom", null, null);
        await client.RefusedAsync("room.not_found", "JoinRoom", "../etc", null);
    }

    [Fact]
    public async Task A_closed_room_is_gone()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await ann.Person.Http.DeleteAsync($"/api/rooms/{host.RoomId}").RefusedAsync(HttpStatusCode.Forbidden, "room.forbidden");

        (await host.Person.Http.DeleteAsync($"/api/rooms/{host.RoomId}")).EnsureSuccessStatusCode();

        await ann.Client.NextEventAsync("room.closed");
        await ann.RefusedAsync("room.not_found", "Say", "anyone?", "k");
        await ann.DoAsync("LeaveRoom");
        await ann.RefusedAsync("room.not_found", "JoinRoom", [null]);
    }

    private static async Task<MemberMovedView> NextOfAsync(Guest listener, string type, Guest who)
    {
        MemberMovedView moved;
        do
        {
            moved = await listener.HearsAsync<MemberMovedView>(type);
        }
        while (moved.User.Id != who.Id);
        return moved;
    }

    private async Task<List<RoomView>> AllAsync()
    {
        var rooms = new List<RoomView>();
        string? cursor = null;
        do
        {
            var page = await hub.App.Http.GetAsync($"/api/rooms?limit=2&cursor={cursor}").ReadAsync<JsonElement>();
            rooms.AddRange(page.GetProperty("items").Deserialize<List<RoomView>>(WireJson.Options)!);
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        return rooms;
    }
}
