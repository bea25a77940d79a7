using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Rooms;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Rooms;

/// <summary>What strangers and former members try who want to hear what is said behind a room's door.</summary>
[Trait("Stores", "both")]
public sealed class DoorAttackTests(RoomsHub hub) : IClassFixture<RoomsHub>
{
    [Fact]
    public async Task A_code_opens_nothing_but_the_door()
    {
        await using var host = await hub.HostAsync(visibility: "private");
        var code = host.Snapshot.Code;
        await using var client = await HubClient.ConnectAsync(await hub.App.GuestAsync("Mal"));

        // The same answer as for a code nobody has: guesses here, which are not counted, find nothing.
        await client.RefusedAsync("room.not_found", "Say", code, "hello", "k");
        await client.RefusedAsync("room.not_found", "LeaveRoom", code);
        await client.RefusedAsync("room.not_found", "PostComment", new { trackId = hub.First.Id, text = "hello", positionMs = 0, clientKey = "k", roomId = code });
        await client.RefusedAsync("room.not_found", "Enqueue", code, hub.First.Id, "k");
        // Nor does another spelling of the id, under which things would be counted apart.
        await client.RefusedAsync("room.not_found", "Say", host.RoomId.ToUpperInvariant(), "hello", "k");
    }

    [Fact]
    public async Task Who_is_kicked_while_away_reads_no_more_and_needs_the_password_again()
    {
        await using var host = await hub.HostAsync(password: "sesame", visibility: "private");
        var ann = await hub.EnterAsync(host.RoomId, "sesame");
        await LoseAsync(host, ann);

        await host.DoAsync("KickMember", ann.Id);

        var seen = await ann.LookAsync();
        Assert.Null(seen.Chat);
        Assert.Empty(seen.Members);
        Assert.False(await hub.App.Services.GetRequiredService<RoomGuestStore>().ExpectsAsync(host.RoomId, ann.Id, 0, default));
    }

    [Fact]
    public async Task A_new_password_is_asked_of_everyone_who_is_not_inside()
    {
        await using var host = await hub.HostAsync(password: "sesame", visibility: "private");
        var ann = await hub.EnterAsync(host.RoomId, "sesame");
        await using var ben = await hub.EnterAsync(host.RoomId, "sesame", "Ben");
        await LoseAsync(host, ann);

        await host.DoAsync("ChangeRoom", new { password = "open barley" });

        Assert.Empty((await ann.LookAsync()).Members);
        await using var back = await HubClient.ConnectAsync(ann.Person);
        await back.RefusedAsync("room.password", "JoinRoom", host.RoomId, null);
        await ben.DoAsync("Say", "still here", "k1");
    }

    [Fact]
    public async Task A_door_that_closes_is_closed_to_visitors_of_before()
    {
        await using var host = await hub.HostAsync();
        var ann = await hub.EnterAsync(host.RoomId);
        await LoseAsync(host, ann);

        await host.DoAsync("ChangeRoom", new { visibility = "private", password = "sesame" });

        Assert.Empty((await ann.LookAsync()).Members);
    }

    [Fact]
    public async Task A_wall_of_empty_rooms_is_gone_from_the_directory_after_minutes()
    {
        var time = new ManualTime();
        await using var app = new HubApp(services: services => services.AddSingleton<TimeProvider>(time));
        var mal = await app.GuestAsync("Mal");
        for (var number = 0; number < 5; number++)
            await mal.Http.PostAsJsonAsync("/api/rooms", new { name = $"Free money {number}" }).ReadAsync<RoomView>();
        Assert.Equal(5, (await app.Http.GetAsync("/api/rooms").ReadAsync<Page<RoomView>>()).Items.Count);

        time.Advance(TimeSpan.FromMinutes(11));

        Assert.Empty((await app.Http.GetAsync("/api/rooms").ReadAsync<Page<RoomView>>()).Items);
    }

    [Fact]
    public async Task Setting_passwords_is_slowed_down()
    {
        await using var host = await hub.HostAsync();
        for (var change = 0; change < 10; change++)
            await host.DoAsync("ChangeRoom", new { password = $"password {change}" });

        await host.RefusedAsync("rate.limited", "ChangeRoom", new { password = "one more" });
    }

    private static async Task LoseAsync(Guest host, Guest gone)
    {
        await host.HearsAsync<MemberMovedView>("member.joined");
        await gone.DisposeAsync();
        while ((await host.HearsAsync<MemberMovedView>("member.left")).User.Id != gone.Id)
            continue;
    }
}
