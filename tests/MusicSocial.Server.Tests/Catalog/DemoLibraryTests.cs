namespace MusicSocial.Server.Tests.Catalog;

/// <summary>What a newcomer hears: no folder given, no audio tool installed.</summary>
public sealed class DemoLibraryTests
{
    [Fact]
    public async Task The_demo_library_plays_where_no_audio_tool_is_installed()
    {
        await using var music = new MusicFolder(("Music", ""), ("Catalog:Ffprobe", "no-such-tool"), ("Catalog:Ffmpeg", "no-such-tool"));
        var songs = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "library"), "*.webm");

        await music.StartAsync();
        var tracks = await music.UntilAsync(tracks => tracks.Count == songs.Length);

        Assert.True(songs.Length >= 3);
        Assert.All(tracks, track => Assert.True(track is { Title.Length: > 0, Artist.Length: > 0, DurationMs: > 10_000 }));
        var sung = tracks.Where(track => track.HasLyrics).ToList();
        Assert.NotEmpty(sung);
        foreach (var track in sung)
            Assert.True((await music.App.Http.GetAsync($"/api/tracks/{track.Id}/lyrics").ReadAsync<CueSheet>()).Synced);
        using var cover = await music.App.Http.GetAsync(tracks[0].CoverUrl);
        Assert.Equal("image/webp", cover.Content.Headers.ContentType!.MediaType);
    }
}
