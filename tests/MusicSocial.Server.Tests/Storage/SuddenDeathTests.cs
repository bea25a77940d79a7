using System.Collections.Concurrent;
using System.Net.Http.Json;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Storage;

/// <summary>An acknowledged write survives kill -9, and retrying what was in flight makes nothing twice.</summary>
public sealed class SuddenDeathTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Comments_acknowledged_before_a_kill_are_there_after_it_exactly_once()
    {
        var music = Directory.CreateDirectory(Path.Combine(_folder.Path, "music"));
        await File.WriteAllBytesAsync(Path.Combine(music.FullName, "song.wav"), Silence.Wav(seconds: 2));
        var acknowledged = new ConcurrentDictionary<string, string>();
        string token, trackId;

        await using (var doomed = await StartAsync())
        {
            token = (await doomed.Http.PostAsJsonAsync("/api/accounts/guest", new { displayName = "Ann" }).ReadAsync<Session>()).AccessToken;
            trackId = await doomed.FirstTrackAsync();
            var writers = Enumerable.Range(0, 8).Select(writer => WriteUntilDeathAsync(doomed, token, trackId, writer, acknowledged)).ToList();
            while (acknowledged.Count < 200)
                await Task.Delay(10);
            await doomed.KillAsync();
            await Task.WhenAll(writers);
        }

        await using var reborn = await StartAsync();
        using var retrying = reborn.ClientOf(token);
        foreach (var (key, id) in acknowledged)
            Assert.Equal(id, (await PostAsync(retrying, trackId, key).ReadAsync<Comment>()).Id);
        var history = await ReadAllAsync(reborn, trackId);

        Assert.Equal(history.Count, history.Select(comment => comment.Text).Distinct().Count());
        Assert.Empty(acknowledged.Values.Except(history.Select(comment => comment.Id)));
    }

    private Task<ServerProcess> StartAsync() =>
        ServerProcess.StartAsync(_folder.Path, "--Limits:Comments:PerSecond", "100000", "--Limits:Comments:Burst", "100000");

    private static async Task WriteUntilDeathAsync(
        ServerProcess server, string token, string trackId, int writer, ConcurrentDictionary<string, string> acknowledged)
    {
        using var http = server.ClientOf(token);
        try
        {
            for (var i = 0; ; i++)
            {
                var key = $"{writer}-{i}";
                acknowledged[key] = (await PostAsync(http, trackId, key).ReadAsync<Comment>()).Id;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The server is dead: what was in flight may or may not be stored, and was not acknowledged.
        }
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, string trackId, string key) =>
        http.PostAsJsonAsync($"/api/tracks/{trackId}/comments", new { text = $"comment {key}", clientKey = key }, WireJson.Options);

    private static async Task<List<Comment>> ReadAllAsync(ServerProcess server, string trackId)
    {
        var all = new List<Comment>();
        string? cursor = null;
        do
        {
            var page = await server.Http.GetAsync($"/api/tracks/{trackId}/comments?order=oldest&limit=200&cursor={cursor}").ReadAsync<CommentPage>();
            all.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }
}
