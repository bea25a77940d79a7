using System.Net.Http.Json;
using System.Text.Json;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Rooms;

/// <summary>A hub with two tracks and little patience, shared by the tests of a class.</summary>
public sealed class RoomsHub : IAsyncLifetime
{
    internal HubApp App { get; } = Start();

    public Track First { get; private set; } = null!;

    public Track Second { get; private set; } = null!;

    /// <summary>A hub whose people are missed soon; on a given folder, the next life of the hub before it.</summary>
    internal static HubApp Start(string? folder = null, int graceMs = 2_000, int sweepMs = 60_000, int lookMs = 1_000) => new(
        folder,
        new()
        {
            ["Rooms:Grace"] = TimeSpan.FromMilliseconds(graceMs).ToString(),
            ["Rooms:SweepEvery"] = TimeSpan.FromMilliseconds(sweepMs).ToString(),
            ["Rooms:LookEvery"] = TimeSpan.FromMilliseconds(lookMs).ToString(),
            ["Rooms:VotesAfter"] = "00:00:00",
            ["Rooms:CountEvery"] = "00:00:00.1",
            ["Rooms:Passwords:PerSecond"] = "0.001",
        });

    public async Task InitializeAsync()
    {
        First = await App.AddTrackAsync("First");
        Second = await App.AddTrackAsync("Second");
    }

    public async Task DisposeAsync() => await App.DisposeAsync();

    /// <summary>A new room and its host, connected and inside.</summary>
    internal Task<Guest> HostAsync(string? password = null, string visibility = "public") =>
        HostAsync(App, password, visibility);

    internal static async Task<Guest> HostAsync(HubApp app, string? password = null, string visibility = "public")
    {
        var host = await app.GuestAsync("Host");
        var room = await host.Http.PostAsJsonAsync("/api/rooms", new { name = "Kitchen", visibility, password }).ReadAsync<RoomView>();
        return await EnterAsync(host, room.Id, null);
    }

    /// <summary>A new guest enters.</summary>
    internal async Task<Guest> EnterAsync(string idOrCode, string? password = null, string name = "Ann") =>
        await EnterAsync(await App.GuestAsync(name), idOrCode, password);

    internal static async Task<Guest> EnterAsync(Person person, string idOrCode, string? password)
    {
        var client = await HubClient.ConnectAsync(person);
        var answer = await client.CallAsync("JoinRoom", idOrCode, password);
        return new Guest(person, client, answer);
    }
}

/// <summary>A guest in a room.</summary>
internal sealed record Guest(Person Person, HubClient Client, JsonElement Answer) : IAsyncDisposable
{
    public string Id => Person.User.Id;

    public RoomView Snapshot { get; } = Answer.GetProperty("snapshot").Deserialize<RoomView>(WireJson.Options)!;

    public string RoomId => Snapshot.Id;

    public Task DoAsync(string method, params object?[] arguments) => Client.CallAsync(method, [RoomId, .. arguments]);

    public Task<JsonElement> RefusedAsync(string code, string method, params object?[] arguments) =>
        Client.RefusedAsync(code, method, [RoomId, .. arguments]);

    /// <summary>The data of the next event of a type.</summary>
    public async Task<T> HearsAsync<T>(string type) => (await Client.NextEventAsync(type)).Data.Deserialize<T>(WireJson.Options)!;

    /// <summary>The room as this person sees it now.</summary>
    public Task<RoomView> LookAsync() => Person.Http.GetAsync($"/api/rooms/{RoomId}").ReadAsync<RoomView>();

    /// <summary>Queues tracks and waits until each is acknowledged.</summary>
    public async Task QueueAsync(params Track[] tracks)
    {
        foreach (var track in tracks)
            await DoAsync("Enqueue", track.Id, Guid.CreateVersion7().ToString());
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
