using System.Net;
using System.Net.Http.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Rooms;
using MusicSocial.Server.Storage;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Rooms;

[Trait("Stores", "both")]
public sealed class RoomRetentionTests : IAsyncLifetime
{
    private readonly HubApp _app = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_room_that_was_not_used_for_long_goes_and_one_that_is_used_stays()
    {
        var ann = await _app.GuestAsync();
        var (unused, used) = (await OpenAsync(ann, "Unused"), await OpenAsync(ann, "Used"));
        await using var client = await HubClient.ConnectAsync(ann);
        await client.CallAsync("JoinRoom", unused.Id, null);
        await client.CallAsync("Say", unused.Id, "hello", "key 1");
        await client.CallAsync("LeaveRoom", unused.Id);
        await client.CallAsync("JoinRoom", used.Id, null);
        await _app.Services.GetRequiredService<Database>().WriteAsync(
            connection => connection.ExecuteAsync("INSERT INTO room_knocks (room_id, user_id, at_ms, refused) VALUES (@room, @user, 1, 1)", new { room = unused.Id, user = ann.User.Id }),
            default);

        await Patiently.UntilAsync(
            async () =>
            {
                await LongAgoAsync();
                await ann.Http.GetAsync($"/api/rooms/{unused.Id}").RefusedAsync(HttpStatusCode.NotFound, "room.not_found");
            },
            "the room is gone");

        await ann.Http.GetAsync($"/api/rooms/{used.Id}").ReadAsync<RoomView>();
        await client.RefusedAsync("room.not_found", "JoinRoom", unused.Code, null);
    }

    [Fact]
    public async Task A_room_that_was_just_used_stays()
    {
        var ann = await _app.GuestAsync();
        var room = await OpenAsync(ann, "Young");

        await _app.Services.GetRequiredService<RoomRetention>().SweepAsync(default);
        await _app.Services.GetRequiredService<RoomRetention>().SweepAsync(default);

        await ann.Http.GetAsync($"/api/rooms/{room.Id}").ReadAsync<RoomView>();
    }

    private static Task<RoomView> OpenAsync(Person person, string name) =>
        person.Http.PostAsJsonAsync("/api/rooms", new { name, visibility = "public" }).ReadAsync<RoomView>();

    /// <summary>A sweep that finds what was noted so far to be long ago.</summary>
    private async Task LongAgoAsync()
    {
        await _app.Services.GetRequiredService<Database>().WriteAsync(connection => connection.ExecuteAsync("UPDATE rooms SET used_at_ms = 1"), default);
        await _app.Services.GetRequiredService<RoomRetention>().SweepAsync(default);
    }
}
