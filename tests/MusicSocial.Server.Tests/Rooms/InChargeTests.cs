using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Accounts;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Rooms;

/// <summary>Among those in a room one is always in charge, and whose room it is gets it back.</summary>
[Trait("Stores", "both")]
public sealed class InChargeTests : IAsyncLifetime
{
    private readonly HubApp _app = RoomsHub.Start(graceMs: 100, sweepMs: 500, lookMs: 50);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task When_all_left_by_the_button_the_first_to_return_leads_the_room()
    {
        await using var host = await RoomsHub.HostAsync(_app);
        await using var ann = await RoomsHub.EnterAsync(await _app.GuestAsync("Ann"), host.RoomId, null);
        await ann.DoAsync("LeaveRoom");
        await host.DoAsync("LeaveRoom");

        var back = await ReturnAsync(ann);

        Assert.Equal(ann.Id, back.Snapshot.HostId);
        await back.DoAsync("ChangeRoom", new { name = "Ours for now" });
        var again = await ReturnAsync(host);
        Assert.Equal((host.Id, host.Id), (again.Snapshot.HostId, again.Snapshot.OpenerId));
        Assert.Equal(RoomRole.Listener, again.Snapshot.Members.Single(member => member.User.Id == ann.Id).Role);
        await back.RefusedAsync("room.forbidden", "ChangeRoom", new { name = "Mine" });
    }

    [Fact]
    public async Task When_all_lost_their_connection_the_opener_who_returns_alone_runs_and_closes_the_room()
    {
        var host = await RoomsHub.HostAsync(_app, visibility: "private");
        var ann = await RoomsHub.EnterAsync(await _app.GuestAsync("Ann"), host.RoomId, null);
        await host.DisposeAsync();
        await Patiently.UntilAsync(async () => Assert.Equal(ann.Id, (await ann.LookAsync()).HostId), "the listener leads");
        await ann.DisposeAsync();
        await Patiently.UntilAsync(async () => Assert.Equal(0, (await host.LookAsync()).Listeners), "the room is empty");

        await using var back = await ReturnAsync(host);

        await back.DoAsync("ChangeRoom", new { name = "still mine" });
        using var closed = await host.Person.Http.DeleteAsync($"/api/rooms/{host.RoomId}");
        closed.EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Only_the_opener_and_operators_close_a_room()
    {
        await using var host = await RoomsHub.HostAsync(_app);
        await using var ann = await RoomsHub.EnterAsync(await _app.GuestAsync("Ann"), host.RoomId, null);
        await host.DoAsync("SetRole", ann.Id, "host");
        await ann.Person.Http.DeleteAsync($"/api/rooms/{host.RoomId}").RefusedAsync(System.Net.HttpStatusCode.Forbidden, "room.forbidden");

        var olga = await _app.MemberAsync("olga");
        await olga.Http.DeleteAsync($"/api/rooms/{host.RoomId}").RefusedAsync(System.Net.HttpStatusCode.Forbidden, "room.forbidden");
        Assert.True(await _app.Services.GetRequiredService<AccountStore>().SetOperatorAsync("olga", isOperator: true, default));
        using var closed = await olga.Http.DeleteAsync($"/api/rooms/{host.RoomId}");
        closed.EnsureSuccessStatusCode();
        await ann.HearsAsync<NothingMore>("room.closed");
    }

    [Fact]
    public async Task The_opener_needs_no_password_that_a_stand_in_set()
    {
        await using var host = await RoomsHub.HostAsync(_app);
        await using var ann = await RoomsHub.EnterAsync(await _app.GuestAsync("Ann"), host.RoomId, null);
        await host.DoAsync("LeaveRoom");
        await ann.DoAsync("ChangeRoom", new { password = "mine now" });

        Assert.Equal(host.Id, (await ReturnAsync(host)).Snapshot.HostId);
    }

    private static async Task<Guest> ReturnAsync(Guest guest) => await RoomsHub.EnterAsync(guest.Person, guest.RoomId, null);
}
