using System.Net;
using System.Net.Http.Headers;
using MusicSocial.Lyrics;

namespace MusicSocial.Server.Tests.Lyrics;

public sealed class ExportTests(SharedHub hub) : IClassFixture<SharedHub>, IAsyncLifetime
{
    private Singable _song = null!;

    public async Task InitializeAsync() => _song = await Singable.OnAsync(hub.App);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("lrc", "text/plain", "Trad. - Amazing Grace.lrc", "[00:01.000]First line")]
    [InlineData("elrc", "text/plain", "Trad. - Amazing Grace.lrc", "<00:01.500>line")]
    [InlineData("ttml", "application/ttml+xml", "Trad. - Amazing Grace.ttml", "<span begin=\"00:00:01.500\"")]
    [InlineData("srt", "application/x-subrip", "Trad. - Amazing Grace.srt", "1\n00:00:01,000 --> 00:00:03,000\nFirst line\n\n2\n00:00:03,000 --> 00:03:00,000\nSecond line")]
    [InlineData("vtt", "text/vtt", "Trad. - Amazing Grace.vtt", "WEBVTT")]
    [InlineData("ass", "text/x-ssa", "Trad. - Amazing Grace.ass", "{\\kf")]
    [InlineData("opensubsonic", "application/json", "Trad. - Amazing Grace.json", "First line")]
    [InlineData("text", "text/plain", "Trad. - Amazing Grace.txt", "First line\nSecond line\n")]
    [InlineData("LRC", "text/plain", "Trad. - Amazing Grace.lrc", "[00:01.000]First line")]
    public async Task Lyrics_leave_as_a_file_of_every_format(string format, string contentType, string fileName, string part)
    {
        await _song.UploadAsync(_song.Ann, "[00:01.00]<00:01.00>First <00:01.50>line\n[00:03.00]Second line").ReadAsync<CueSheet>();

        using var answer = await _song.App.Http.GetAsync($"{_song.Lyrics}?as={format}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(contentType, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(fileName, answer.Content.Headers.ContentDisposition?.FileNameStar ?? answer.Content.Headers.ContentDisposition?.FileName);
        Assert.Contains(part, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lrc")]
    [InlineData("elrc")]
    [InlineData("ttml")]
    [InlineData("srt")]
    [InlineData("vtt")]
    public async Task What_left_can_come_back(string format)
    {
        await _song.UploadAsync(_song.Ann, "[00:01.00]Ein Lied – さくら\n[00:03.50]لما بدا").ReadAsync<CueSheet>();
        var file = await _song.App.Http.GetByteArrayAsync($"{_song.Lyrics}?as={format}");

        var sheet = LyricReader.Read(file);

        Assert.Equal([(1000, "Ein Lied – さくら"), (3500, "لما بدا")], sheet.Lines.Select(line => (line.StartMs!.Value, line.Text)));
    }

    [Fact]
    public async Task Who_has_the_file_already_is_told_so()
    {
        await _song.UploadAsync(_song.Ann, "[00:01.00]One").ReadAsync<CueSheet>();
        using var first = await _song.App.Http.GetAsync($"{_song.Lyrics}?as=lrc");
        using var again = new HttpRequestMessage(HttpMethod.Get, $"{_song.Lyrics}?as=lrc");
        again.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(first.Headers.ETag!.ToString()));

        Assert.Equal(HttpStatusCode.NotModified, (await _song.App.Http.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task A_format_nobody_writes_and_times_nobody_gave_are_refused()
    {
        await _song.App.Http.GetAsync($"{_song.Lyrics}?as=lrc").RefusedAsync(HttpStatusCode.NotFound, "lyrics.none");
        await _song.UploadAsync(_song.Ann, "No times").ReadAsync<CueSheet>();

        await _song.App.Http.GetAsync($"{_song.Lyrics}?as=krc").RefusedAsync(HttpStatusCode.UnprocessableEntity, "lyrics.unknown_format");
        await _song.App.Http.GetAsync($"{_song.Lyrics}?as=srt").RefusedAsync(HttpStatusCode.UnprocessableEntity, "lyrics.needs_times");
    }
}
