using System.Net;
using Microsoft.Extensions.Options;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Storage;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Catalog;

public sealed class CoverTests : IAsyncLifetime
{
    private readonly MusicFolder _music = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _music.DisposeAsync();

    [Fact]
    public async Task The_image_beside_the_song_comes_before_the_one_of_the_folder()
    {
        await _music.AddToneAsync("own.ogg", 440, title: "Own");
        await _music.AddToneAsync("shared.ogg", 450, title: "Shared");
        await ImageAsync("own.png", "red");
        await ImageAsync("Cover.jpg", "blue");

        var (own, shared) = await TwoAsync();

        await AssertCoverAsync(own, "image/png", await File.ReadAllBytesAsync(_music.PathOf("own.png")));
        await AssertCoverAsync(shared, "image/jpeg", await File.ReadAllBytesAsync(_music.PathOf("Cover.jpg")));
    }

    [Fact]
    public async Task A_picture_inside_the_file_is_taken_out_and_a_track_without_any_gets_one_drawn()
    {
        await ImageAsync("../picture.png", "green");
        await MusicFolder.FfmpegAsync(
            "-v", "error", "-f", "lavfi", "-i", "sine=d=1", "-i", _music.PathOf("../picture.png"), "-map", "0", "-map", "1", "-c:v", "copy",
            "-metadata", "title=Inside", "-disposition:v", "attached_pic", _music.PathOf("inside.mp3"));
        await _music.AddToneAsync("without.ogg", 450, title: "Without <any> & \"all\"");

        var (inside, without) = await TwoAsync();

        using var picture = await _music.App.Http.GetAsync(inside.CoverUrl);
        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType!.MediaType);
        Assert.True((await picture.Content.ReadAsByteArrayAsync()).AsSpan().StartsWith((byte[])[0xFF, 0xD8, 0xFF]));
        using var drawn = await _music.App.Http.GetAsync(without.CoverUrl);
        Assert.Equal("image/svg+xml", drawn.Content.Headers.ContentType!.MediaType);
        Assert.Equal("svg", System.Xml.Linq.XDocument.Parse(await drawn.Content.ReadAsStringAsync()).Root!.Name.LocalName);
    }

    [Fact]
    public async Task Neither_a_link_that_leads_out_of_the_music_nor_what_is_no_picture_is_sent()
    {
        var secret = _music.PathOf("../secret.jpg");
        await ImageAsync("../secret.jpg", "red");
        await _music.AddToneAsync("linked.ogg", 440, title: "Linked");
        await _music.AddToneAsync("within.ogg", 450, title: "Within");
        await ImageAsync("real.png", "blue");
        File.CreateSymbolicLink(_music.PathOf("linked.jpg"), secret);
        File.CreateSymbolicLink(_music.PathOf("within.png"), "real.png");

        var (linked, within) = await TwoAsync();

        Assert.Equal("image/svg+xml", await ContentTypeAsync(linked));
        await AssertCoverAsync(within, "image/png", await File.ReadAllBytesAsync(_music.PathOf("real.png")));

        File.Delete(_music.PathOf("within.png"));
        await File.WriteAllTextAsync(_music.PathOf("within.png"), "root:x:0:0:root:/root:/bin/bash");
        Assert.Equal("image/svg+xml", await ContentTypeAsync(within));
    }

    [Fact]
    public async Task A_new_image_has_a_new_address_and_an_old_one_need_not_be_sent_again()
    {
        await _music.AddToneAsync("song.ogg", title: "Song");
        await _music.StartAsync();
        var before = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));

        await ImageAsync("song.png", "red");
        var after = Assert.Single(await _music.UntilAsync(tracks => tracks[0].CoverUrl != before.CoverUrl));

        using var sent = await _music.App.Http.GetAsync(after.CoverUrl);
        using var request = new HttpRequestMessage(HttpMethod.Get, after.CoverUrl);
        request.Headers.IfNoneMatch.Add(sent.Headers.ETag!);
        using var again = await _music.App.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(TimeSpan.FromDays(365), sent.Headers.CacheControl!.MaxAge);
    }

    [Fact]
    public async Task A_tool_that_took_too_long_once_is_asked_again_later()
    {
        var time = new ManualTime();
        var ran = _music.PathOf("../ran");
        var slow = await _music.ToolAsync($"if [ ! -e '{ran}' ]; then touch '{ran}'; sleep 30; fi\nexec ffmpeg \"$@\"");
        await ImageAsync("../picture.png", "green");
        await MusicFolder.FfmpegAsync(
            "-v", "error", "-f", "lavfi", "-i", "sine=d=1", "-i", _music.PathOf("../picture.png"), "-map", "0", "-map", "1", "-c:v", "copy",
            "-metadata", "title=Inside", "-disposition:v", "attached_pic", _music.PathOf("inside.mp3"));
        var covers = new ScaledPictures(
            Options.Create(new StorageOptions { Data = _music.PathOf("..") }),
            Options.Create(new CatalogOptions { Ffmpeg = slow, ToolTimeout = TimeSpan.FromSeconds(1) }),
            time);

        Assert.Null(await FindAsync());
        Assert.Null(await FindAsync());
        time.Advance(TimeSpan.FromMinutes(11));

        Assert.NotNull(await FindAsync());

        Task<string?> FindAsync() => covers.FindAsync("track-version", _music.PathOf("inside.mp3"), isAudio: true, CancellationToken.None);
    }

    private async Task<(Track First, Track Second)> TwoAsync()
    {
        await _music.StartAsync();
        var tracks = await _music.UntilAsync(tracks => tracks.Count == 2);
        return (tracks[0], tracks[1]);
    }

    private async Task<string?> ContentTypeAsync(Track track)
    {
        using var answer = await _music.App.Http.GetAsync(track.CoverUrl);
        return answer.Content.Headers.ContentType?.MediaType;
    }

    private async Task AssertCoverAsync(Track track, string contentType, byte[] bytes)
    {
        using var answer = await _music.App.Http.GetAsync(track.CoverUrl);
        Assert.Equal(contentType, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync());
    }

    private Task ImageAsync(string name, string colour) =>
        MusicFolder.FfmpegAsync("-v", "error", "-f", "lavfi", "-i", $"color={colour}:size=64x64:d=1", "-frames:v", "1", "-update", "1", _music.PathOf(name));
}
