using System.Net;
using System.Net.Http.Headers;

namespace MusicSocial.Server.Tests.Catalog;

public sealed class AudioTests : IAsyncLifetime
{
    private readonly HubApp _app = new();
    private Track _track = null!;
    private byte[] _bytes = null!;

    public async Task InitializeAsync()
    {
        _track = await _app.AddTrackAsync();
        _bytes = await File.ReadAllBytesAsync(FileOf(_track));
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task The_whole_file_comes_with_its_type_and_may_be_kept_for_a_year()
    {
        using var answer = await _app.Http.GetAsync(_track.AudioUrl);

        Assert.Equal(_bytes, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("audio/wav", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("bytes", answer.Headers.AcceptRanges.Single());
        Assert.NotNull(answer.Content.Headers.LastModified);
        Assert.Equal(TimeSpan.FromDays(365), answer.Headers.CacheControl!.MaxAge);
    }

    [Theory]
    [InlineData(0, 99)]
    [InlineData(100, 1099)]
    [InlineData(8000, null)]
    [InlineData(null, 500)]
    public async Task A_range_is_answered_with_just_those_bytes(int? from, int? to)
    {
        using var answer = await RangeAsync(from, to);

        var expected = (from, to) switch
        {
            (null, { } last) => _bytes[^last..],
            ({ } start, null) => _bytes[start..],
            ({ } start, { } end) => _bytes[start..(end + 1)],
            _ => throw new InvalidOperationException(),
        };
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(expected, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(_bytes.Length, answer.Content.Headers.ContentRange!.Length);
    }

    [Fact]
    public async Task A_range_past_the_end_is_refused_and_says_how_long_the_file_is()
    {
        using var answer = await RangeAsync(1_000_000, null);

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        Assert.Equal(_bytes.Length, answer.Content.Headers.ContentRange!.Length);
    }

    [Fact]
    public async Task A_range_that_makes_no_sense_gets_the_whole_file()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _track.AudioUrl);
        request.Headers.TryAddWithoutValidation("Range", "bytes=9-2,cats");

        using var answer = await _app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Who_has_the_file_already_is_told_so()
    {
        using var first = await _app.Http.GetAsync(_track.AudioUrl);
        using var request = new HttpRequestMessage(HttpMethod.Get, _track.AudioUrl);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await _app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task The_head_alone_can_be_asked_for()
    {
        using var answer = await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, _track.AudioUrl));

        Assert.Equal(_bytes.Length, answer.Content.Headers.ContentLength);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_file_that_went_a_moment_ago_is_a_refusal_and_no_bug()
    {
        File.Delete(FileOf(_track));

        await _app.Http.GetAsync(_track.AudioUrl).RefusedAsync(HttpStatusCode.NotFound, "track.not_found");
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("%2e%2e%2fmusicsocial.db")]
    public async Task Nothing_but_tracks_can_be_asked_for(string id)
    {
        await _app.Http.GetAsync($"/api/tracks/{id}/audio").RefusedAsync(HttpStatusCode.NotFound, "track.not_found");
        await _app.Http.GetAsync($"/api/tracks/{id}/cover").RefusedAsync(HttpStatusCode.NotFound, "track.not_found");
    }

    private Task<HttpResponseMessage> RangeAsync(int? from, int? to)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, _track.AudioUrl);
        request.Headers.Range = new RangeHeaderValue(from, to);
        return _app.Http.SendAsync(request);
    }

    private string FileOf(Track track) => Path.Combine(_app.DataFolder, "music", $"{track.Id}.wav");
}
