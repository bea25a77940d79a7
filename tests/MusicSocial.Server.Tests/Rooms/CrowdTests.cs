using System.Text.Json;

namespace MusicSocial.Server.Tests.Rooms;

[Trait("Stores", "both")]
public sealed class CrowdTests
{
    [Fact]
    public async Task A_full_room_refuses_newcomers_but_not_those_who_are_in_it()
    {
        await using var hub = new HubApp(settings: new() { ["Rooms:MaxListeners"] = "2" });
        await using var host = await RoomsHub.HostAsync(hub);
        await using var ann = await RoomsHub.EnterAsync(await hub.GuestAsync("Ann"), host.RoomId, null);
        await using var late = await HubClient.ConnectAsync(await hub.GuestAsync("Late"));

        await late.RefusedAsync("room.full", "JoinRoom", host.RoomId, null);
        await ann.Client.CallAsync("JoinRoom", host.RoomId, null);

        await ann.DoAsync("LeaveRoom");
        var answer = await late.CallAsync("JoinRoom", host.RoomId, null);
        Assert.Equal(2, answer.GetProperty("snapshot").Deserialize<RoomView>(WireJson.Options)!.Listeners);
    }

    [Fact]
    public async Task A_person_with_two_windows_leaves_with_the_last()
    {
        await using var hub = RoomsHub.Start();
        await using var host = await RoomsHub.HostAsync(hub);
        await using var ann = await RoomsHub.EnterAsync(await hub.GuestAsync("Ann"), host.RoomId, null);
        await using var second = await HubClient.ConnectAsync(ann.Person);
        await second.CallAsync("JoinRoom", host.RoomId, null);
        Assert.Equal(2, (await host.LookAsync()).Listeners);

        await second.CallAsync("LeaveRoom", host.RoomId);
        Assert.Contains((await host.LookAsync()).Members, member => member.User.Id == ann.Id);

        await ann.DoAsync("LeaveRoom");
        Assert.DoesNotContain((await host.LookAsync()).Members, member => member.User.Id == ann.Id);
    }
}
