using System.Net.Http.Json;
using Microsoft.AspNetCore.SignalR.Client;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Rooms;

/// <summary>What a room acknowledged survives kill -9 in mid-song, and the song is where it would be.</summary>
[Trait("Stores", "both")]
public sealed class SuddenDeathTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_killed_room_plays_on_in_the_right_place_with_every_acknowledged_track_once()
    {
        var music = Directory.CreateDirectory(Path.Combine(_folder.Path, "music"));
        await File.WriteAllBytesAsync(Path.Combine(music.FullName, "song.wav"), Silence.Wav(seconds: 600));
        string token;
        string trackId;
        RoomView before;
        List<string> acknowledged;

        await using (var doomed = await ServerProcess.StartAsync(_folder.Path))
        {
            token = (await doomed.Http.PostAsJsonAsync("/api/accounts/guest", new { displayName = "Ann" }).ReadAsync<Session>()).AccessToken;
            using var http = doomed.ClientOf(token);
            var room = await http.PostAsJsonAsync("/api/rooms", new { name = "Kitchen" }).ReadAsync<RoomView>();
            trackId = await doomed.FirstTrackAsync();
            var hub = await doomed.ConnectAsync(token);
            await hub.InvokeCoreAsync("JoinRoom", [room.Id, null]);
            await hub.InvokeCoreAsync("Enqueue", [room.Id, trackId, "first"]);
            await hub.InvokeCoreAsync("Play", [room.Id]);
            await hub.InvokeCoreAsync("Seek", [room.Id, 120_000]);
            before = await http.GetAsync($"/api/rooms/{room.Id}").ReadAsync<RoomView>();
            acknowledged = await EnqueueUntilDeathAsync(doomed, hub, room.Id, trackId);
        }

        await using var reborn = await ServerProcess.StartAsync(_folder.Path);
        var after = await reborn.Http.GetAsync($"/api/rooms/{before.Code}").ReadAsync<RoomView>();
        var back = await reborn.ConnectAsync(token);
        await back.InvokeCoreAsync("JoinRoom", [before.Id, null]);
        foreach (var commandId in acknowledged)
            await back.InvokeCoreAsync("Enqueue", [before.Id, trackId, commandId]);
        var retried = await reborn.Http.GetAsync($"/api/rooms/{before.Code}").ReadAsync<RoomView>();

        Assert.Equal(before.Timeline, after.Timeline);
        Assert.InRange(after.Queue.Count, acknowledged.Count, acknowledged.Count + 1);
        Assert.Equal(after.Queue, retried.Queue);
    }

    private static async Task<List<string>> EnqueueUntilDeathAsync(ServerProcess doomed, HubConnection hub, string roomId, string trackId)
    {
        var acknowledged = new List<string>();
        Task? death = null;
        try
        {
            while (true)
            {
                var commandId = $"c{acknowledged.Count}";
                await hub.InvokeCoreAsync("Enqueue", [roomId, trackId, commandId]);
                acknowledged.Add(commandId);
                if (acknowledged.Count == 40)
                    death = doomed.KillAsync();
            }
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            // The connection is torn: whether the last one was taken is unknown.
        }

        await death!;
        return acknowledged;
    }
}
