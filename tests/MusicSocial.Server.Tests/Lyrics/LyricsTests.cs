using System.Net;
using System.Text;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Lyrics;

[Trait("Stores", "both")]
public sealed class LyricsTests(SharedHub hub) : IClassFixture<SharedHub>, IAsyncLifetime
{
    private const string Lrc = "[ti:Song]\n[00:01.00]First line\n[00:03.50]Second line\n";

    private readonly HubApp _app = hub.App;
    private Track _track = null!;
    private Person _ann = null!;

    public async Task InitializeAsync()
    {
        _track = await _app.AddTrackAsync();
        _ann = await _app.GuestAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Uploaded_lyrics_are_there_for_everyone()
    {
        var answered = await PutAsync(Lrc).ReadAsync<CueSheet>();

        var sheet = await GetAsync().ReadAsync<CueSheet>();

        Assert.Equal((_track.Id, true, false), (sheet.TrackId, sheet.Synced, sheet.WordSynced));
        Assert.Equal([(0, 1000, "First line"), (1, 3500, "Second line")], sheet.Lines.Select(line => (line.Index, line.StartMs!.Value, line.Text)));
        Assert.Equal(answered.Lines.Select(line => line.Text), sheet.Lines.Select(line => line.Text));
        Assert.True((await _app.Http.GetAsync($"/api/tracks/{_track.Id}").ReadAsync<Track>()).HasLyrics);
    }

    [Fact]
    public async Task Words_keep_their_times_and_join_to_the_line()
    {
        var sheet = await PutAsync("[00:01.00]<00:01.00>A<00:01.20>ma<00:01.40>zing <00:02.00>grace<00:03.00>\n").ReadAsync<CueSheet>();

        var line = Assert.Single(sheet.Lines);
        Assert.True(sheet.WordSynced);
        Assert.Equal(line.Text, string.Concat(line.Words.Select(word => word.Text)));
        Assert.Equal([1000, 1200, 1400, 2000], line.Words.Select(word => word.StartMs));
    }

    [Fact]
    public async Task The_newest_upload_wins()
    {
        await PutAsync(Lrc).ReadAsync<CueSheet>();
        await PutAsync("[00:05.00]Better\n").ReadAsync<CueSheet>();

        Assert.Equal(["Better"], (await GetAsync().ReadAsync<CueSheet>()).Lines.Select(line => line.Text));
    }

    [Fact]
    public async Task Who_has_them_already_is_told_so_until_they_change()
    {
        await PutAsync(Lrc).ReadAsync<CueSheet>();
        using var first = await GetAsync();

        using var unchanged = await GetIfChangedAsync(first);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);

        await PutAsync("[00:05.00]Better\n").ReadAsync<CueSheet>();
        using var changed = await GetIfChangedAsync(first);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(first.Headers.ETag, changed.Headers.ETag);
    }

    [Fact]
    public async Task Uploads_survive_a_restart()
    {
        using var folder = new TempFolder();
        string id;
        await using (var before = new HubApp(folder.Path))
        {
            id = (await before.AddTrackAsync()).Id;
            var ann = await before.GuestAsync();
            await ann.Http.PutAsync($"/api/tracks/{id}/lyrics", Text(Lrc)).ReadAsync<CueSheet>();
        }

        await using var after = new HubApp(folder.Path);
        var sheet = await after.Http.GetAsync($"/api/tracks/{id}/lyrics").ReadAsync<CueSheet>();

        Assert.Equal(2, sheet.Lines.Count);
    }

    [Fact]
    public async Task An_encoding_can_be_named()
    {
        byte[] shiftJis = [.. "[00:01.00]"u8, 0x82, 0xB3, 0x82, 0xAD, 0x82, 0xE7];

        var sheet = await PutAsync(new ByteArrayContent(shiftJis), "?format=lrc&encoding=shift_jis").ReadAsync<CueSheet>();

        Assert.Equal("さくら", Assert.Single(sheet.Lines).Text);
    }

    [Fact]
    public Task A_track_without_lyrics_says_so() => GetAsync().RefusedAsync(HttpStatusCode.NotFound, "lyrics.none");

    [Fact]
    public async Task Unknown_tracks_are_refused()
    {
        await _app.Http.GetAsync("/api/tracks/unknown/lyrics").RefusedAsync(HttpStatusCode.NotFound, "track.not_found");
        await _ann.Http.PutAsync("/api/tracks/unknown/lyrics", Text(Lrc)).RefusedAsync(HttpStatusCode.NotFound, "track.not_found");
    }

    [Fact]
    public Task Strangers_cannot_upload() =>
        _app.Http.PutAsync($"/api/tracks/{_track.Id}/lyrics", Text(Lrc)).RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");

    [Theory]
    [InlineData("", "", "lyrics.empty", null)]
    [InlineData("[ti:only tags]\n", "", "lyrics.empty", null)]
    [InlineData("<html/>", "?format=ttml", "lyrics.not_ttml", null)]
    [InlineData("<tt xmlns='http://www.w3.org/ns/ttml'>\n<body>\n<p>", "", "lyrics.invalid_xml", 3)]
    [InlineData("<!DOCTYPE tt [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><tt xmlns='http://www.w3.org/ns/ttml'>&a;</tt>", "", "lyrics.dtd_prohibited", null)]
    public async Task What_cannot_be_read_is_refused_and_changes_nothing(string source, string query, string code, int? line)
    {
        await PutAsync(Lrc).ReadAsync<CueSheet>();

        var problem = await PutAsync(Text(source), query).RefusedAsync(HttpStatusCode.UnprocessableEntity, code);

        if (line is not null)
            Assert.Equal(line, problem.GetProperty("line").GetInt32());
        Assert.Equal(2, (await GetAsync().ReadAsync<CueSheet>()).Lines.Count);
    }

    [Fact]
    public Task An_unknown_format_is_refused() =>
        PutAsync(Text(Lrc), "?format=docx").RefusedAsync(HttpStatusCode.UnprocessableEntity, "lyrics.unknown_format");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task More_than_a_mebibyte_is_refused_and_exactly_one_is_not(bool chunked)
    {
        await PutAsync(Sized(1024 * 1024, chunked)).ReadAsync<CueSheet>();

        await PutAsync(Sized((1024 * 1024) + 1, chunked)).RefusedAsync(HttpStatusCode.UnprocessableEntity, "lyrics.too_large");
    }

    [Fact]
    public async Task Uploading_without_end_is_slowed_down()
    {
        await using var app = new HubApp(settings: new() { ["Limits:LyricUploads:Burst"] = "2", ["Limits:LyricUploads:PerSecond"] = "0.001" });
        var track = await app.AddTrackAsync();
        var ann = await app.GuestAsync();
        Task<HttpResponseMessage> Upload() => ann.Http.PutAsync($"/api/tracks/{track.Id}/lyrics", Text(Lrc));
        await Upload().ReadAsync<CueSheet>();
        await Upload().ReadAsync<CueSheet>();

        await Upload().RefusedAsync(HttpStatusCode.TooManyRequests, "rate.limited");
    }

    private static StringContent Text(string source) => new(source, Encoding.UTF8, "text/plain");

    private static HttpContent Sized(int bytes, bool chunked)
    {
        // Comment lines weigh much and say nothing.
        var source = Encoding.ASCII.GetBytes("[00:01.00]Line\n[re:" + new string('x', bytes - 21) + "]\n");
        return chunked ? new StreamContent(new UnseekableStream(source)) : new ByteArrayContent(source);
    }

    private Task<HttpResponseMessage> PutAsync(string source) => PutAsync(Text(source));

    private Task<HttpResponseMessage> PutAsync(HttpContent body, string query = "") =>
        _ann.Http.PutAsync($"/api/tracks/{_track.Id}/lyrics{query}", body);

    private Task<HttpResponseMessage> GetAsync() => _app.Http.GetAsync($"/api/tracks/{_track.Id}/lyrics");

    private async Task<HttpResponseMessage> GetIfChangedAsync(HttpResponseMessage before)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/tracks/{_track.Id}/lyrics");
        request.Headers.IfNoneMatch.Add(before.Headers.ETag!);
        return await _app.Http.SendAsync(request);
    }

    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
