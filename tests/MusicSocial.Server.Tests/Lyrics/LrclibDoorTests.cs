using System.Net;
using System.Text.Json;

namespace MusicSocial.Server.Tests.Lyrics;

public sealed class LrclibDoorTests : IAsyncLifetime
{
    private Singable _song = null!;

    public async Task InitializeAsync()
    {
        _song = await Singable.StartAsync();
        await _song.UploadAsync(_song.Ann, "[ti:Tag]\n[00:01.00]<00:01.00>Amazing <00:01.50>grace\n[00:03.256]How sweet").ReadAsync<CueSheet>();
    }

    public async Task DisposeAsync() => await _song.DisposeAsync();

    [Fact]
    public async Task Players_get_lyrics_by_title_artist_and_length()
    {
        var track = await AskAsync("/api/get?track_name=amazing%20grace&artist_name=TRAD&album_name=Whatever&duration=181");

        Assert.Equal(
            ["id", "name", "trackName", "artistName", "albumName", "duration", "instrumental", "plainLyrics", "syncedLyrics"],
            track.EnumerateObject().Select(property => property.Name));
        Assert.Equal((1, "Amazing Grace", "Trad.", 180.0), (Number(track), track.GetProperty("trackName").GetString(), track.GetProperty("artistName").GetString(), track.GetProperty("duration").GetDouble()));
        Assert.Equal("Amazing grace\nHow sweet", track.GetProperty("plainLyrics").GetString());
        Assert.Equal("[00:01.00]Amazing grace\n[00:03.26]How sweet", track.GetProperty("syncedLyrics").GetString());
        Assert.Equal(track.GetRawText(), (await AskAsync($"/api/get/{Number(track)}")).GetRawText());
    }

    [Fact]
    public async Task Text_without_times_leaves_the_timed_one_null()
    {
        await _song.UploadAsync(_song.Ann, "Only words").ReadAsync<CueSheet>();

        var track = await AskAsync("/api/get?track_name=Amazing%20Grace&artist_name=Trad.");

        Assert.Equal((JsonValueKind.Null, "Only words"), (track.GetProperty("syncedLyrics").ValueKind, track.GetProperty("plainLyrics").GetString()));
    }

    [Theory]
    [InlineData("/api/search?q=amazing", 1)]
    [InlineData("/api/search?track_name=grace&artist_name=trad", 1)]
    [InlineData("/api/search?q=nothing", 0)]
    public async Task Players_search(string path, int hits)
    {
        var found = await AskAsync(path);

        Assert.Equal(hits, found.GetArrayLength());
    }

    [Theory]
    [InlineData("/api/get?track_name=Amazing%20Grace&artist_name=Trad.&duration=190", 404)]
    [InlineData("/api/get?track_name=Amazing%20Grace&artist_name=Somebody", 404)]
    [InlineData("/api/get/4711", 404)]
    [InlineData("/api/get?track_name=Amazing%20Grace", 400)]
    [InlineData("/api/search", 400)]
    public async Task A_no_looks_like_theirs(string path, int status)
    {
        using var answer = await _song.App.Http.GetAsync(path);
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal(((HttpStatusCode)status, status, status), (answer.StatusCode, body.GetProperty("statusCode").GetInt32(), body.GetProperty("code").GetInt32()));
        if (status == 404)
            Assert.Equal(("TrackNotFound", "Failed to find specified track"), (body.GetProperty("name").GetString(), body.GetProperty("message").GetString()));
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task Asking_without_end_is_slowed_down()
    {
        await using var song = await Singable.StartAsync(new() { ["Lyrics:Reads:Burst"] = "2", ["Lyrics:Reads:PerSecond"] = "0.001" });
        await song.App.Http.GetAsync("/api/search?q=a").ReadAsync<JsonElement>();
        await song.App.Http.GetAsync("/api/search?q=a").ReadAsync<JsonElement>();

        await song.App.Http.GetAsync("/api/search?q=a").RefusedAsync(HttpStatusCode.TooManyRequests, "rate.limited");
    }

    private Task<JsonElement> AskAsync(string path) => _song.App.Http.GetAsync(path).ReadAsync<JsonElement>();

    private static int Number(JsonElement track) => track.GetProperty("id").GetInt32();
}
