using System.Net;
using Microsoft.AspNetCore.Http;
using MusicSocial.Server.Tests.Catalog;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Lyrics;

[Trait("Stores", "both")]
public sealed class LyricsServerTests : IAsyncLifetime
{
    private readonly TempFolder _data = new();
    private LyricsServer _server = null!;
    private HubApp _app = null!;

    public async Task InitializeAsync()
    {
        _server = await LyricsServer.StartAsync();
        _app = Start();
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _server.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task Songs_without_lyrics_get_those_of_the_server_once_somebody_looks()
    {
        var song = await _app.AddTrackAsync("Known & loved", "Ann/Bob", album: "Album", durationMs: 180_400);
        _server.Answers[song.Title] = LyricsServer.Found("Plain", "[00:01.00]Timed");

        await LookAsync(song).RefusedAsync(HttpStatusCode.NotFound, "lyrics.none");
        await Patiently.UntilAsync(async () => Assert.Equal("Timed", (await LookAsync(song).ReadAsync<CueSheet>()).Lines[0].Text), "the answer is there");

        var sheet = await LookAsync(song).ReadAsync<CueSheet>();
        Assert.Equal((LyricSource.Server, 0L, true), (sheet.Source, sheet.Revision, sheet.Synced));
        await Patiently.UntilAsync(
            async () => Assert.True((await _app.Http.GetAsync($"/api/tracks/{song.Id}").ReadAsync<Track>()).HasLyrics), "the song has lyrics");
        var (_, userAgent, query, _) = Assert.Single(_server.Asked);
        Assert.Matches(@"^MusicSocial/\d+\.\d+\.\d+$", userAgent);
        Assert.Equal("?track_name=Known%20%26%20loved&artist_name=Ann%2FBob&album_name=Album&duration=180", query);
    }

    [Fact]
    public async Task What_it_does_not_know_is_not_asked_again_not_even_after_a_restart()
    {
        var unknown = await _app.AddTrackAsync("Unknown");
        await LookAsync(unknown).RefusedAsync(HttpStatusCode.NotFound, "lyrics.none");
        await Patiently.UntilAsync(() => _server.Asked.Count == 1, "the server was asked");

        await AskAboutAnotherAsync("Between");
        await LookAsync(unknown).RefusedAsync(HttpStatusCode.NotFound, "lyrics.none");
        await AskAboutAnotherAsync("Next");
        await _app.DisposeAsync();
        _app = Start();
        await LookAsync(unknown).RefusedAsync(HttpStatusCode.NotFound, "lyrics.none");
        await AskAboutAnotherAsync("Last");

        Assert.Equal(["Unknown", "Between", "Next", "Last"], _server.Asked.Select(asked => asked.Title));
    }

    [Fact]
    public async Task A_server_that_leads_elsewhere_is_not_followed()
    {
        var song = await _app.AddTrackAsync("Redirected");
        _server.Answers["Redirected"] = Results.Redirect("/api/get?track_name=Secret");
        _server.Answers["Secret"] = LyricsServer.Found("What only the hub can read", synced: null);

        await LookAsync(song).RefusedAsync(HttpStatusCode.NotFound, "lyrics.none");
        await Patiently.UntilAsync(() => !_server.Asked.IsEmpty, "the server was asked");
        await AskAboutAnotherAsync("Next");

        Assert.Equal(["Redirected", "Next"], _server.Asked.Select(asked => asked.Title));
        await LookAsync(song).RefusedAsync(HttpStatusCode.NotFound, "lyrics.none");
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_busy_server_is_left_alone_for_as_long_as_it_says(int status)
    {
        var song = await _app.AddTrackAsync("Busy");
        _server.Answers["Busy"] = new BusyOnce(status, LyricsServer.Found("Plain words", synced: null));

        // It asks for two seconds: looking on does not make us ask sooner, and later the answer comes.
        await Patiently.UntilAsync(async () => Assert.Equal("Plain words", (await LookAsync(song).ReadAsync<CueSheet>()).Lines[0].Text), "it was asked again");

        Assert.Equal(2, _server.Asked.Count);
        Assert.InRange(_server.Asked.Last().At - _server.Asked.First().At, TimeSpan.FromSeconds(1.9), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task Many_questions_are_asked_one_after_the_other()
    {
        var songs = new List<Track>();
        for (var i = 0; i < 8; i++)
            songs.Add(await _app.AddTrackAsync($"Song {i}"));

        await Task.WhenAll(songs.Select(song => LookAsync(song).RefusedAsync(HttpStatusCode.NotFound, "lyrics.none")));
        await Patiently.UntilAsync(() => _server.Asked.Count == 8, "all were asked");

        Assert.Equal(1, _server.MostAtOnce);
    }

    [Fact]
    public async Task What_people_make_comes_before_the_servers_and_its_nonsense_is_no_lyrics()
    {
        var song = await _app.AddTrackAsync("Mine");
        var odd = await _app.AddTrackAsync("Odd");
        _server.Answers["Odd"] = Results.Text("<html>not what we speak</html>", "text/html");
        _server.Answers["Mine"] = LyricsServer.Found("Theirs", synced: null);
        var ann = await _app.MemberAsync("ann");
        await ann.Http.PutAsync($"/api/tracks/{song.Id}/lyrics", new StringContent("[00:01.00]Mine")).ReadAsync<CueSheet>();

        Assert.Equal("Mine", (await LookAsync(song).ReadAsync<CueSheet>()).Lines[0].Text);
        await LookAsync(odd).RefusedAsync(HttpStatusCode.NotFound, "lyrics.none");
        await Patiently.UntilAsync(() => _server.Asked.Count == 1, "the server was asked about the odd one");
        await LookAsync(odd).RefusedAsync(HttpStatusCode.NotFound, "lyrics.none");
        Assert.Equal("Odd", Assert.Single(_server.Asked).Title);
    }

    private HubApp Start() => new(_data.Path, new()
    {
        ["Lyrics:Lrclib"] = $"{_server.Address}/base/",
        ["Lyrics:LrclibPause"] = "00:00:00",
        ["Lyrics:LrclibBackOff"] = "00:00:00.100",
    });

    private Task<HttpResponseMessage> LookAsync(Track song) => _app.Http.GetAsync($"/api/tracks/{song.Id}/lyrics");

    // Questions are asked in turn: once this one was, all before it were too, or never will be.
    private async Task AskAboutAnotherAsync(string title)
    {
        await LookAsync(await _app.AddTrackAsync(title)).RefusedAsync(HttpStatusCode.NotFound, "lyrics.none");
        await Patiently.UntilAsync(() => _server.Asked.Any(asked => asked.Title == title), $"the server was asked about {title}");
    }

    private sealed class BusyOnce(int status, IResult then) : IResult
    {
        private int _asked;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (Interlocked.Increment(ref _asked) > 1)
                return then.ExecuteAsync(httpContext);
            httpContext.Response.StatusCode = status;
            httpContext.Response.Headers.RetryAfter = "2";
            return Task.CompletedTask;
        }
    }
}
