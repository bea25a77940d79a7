using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Catalog.Scanning;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Catalog;

[Trait("Stores", "both")]
public sealed class ScanTests : IAsyncLifetime
{
    private readonly MusicFolder _music = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _music.DisposeAsync();

    [Fact]
    public async Task Every_audio_format_is_listed_with_its_tags_and_length()
    {
        string[] formats = ["mp3", "flac", "ogg", "opus", "m4a", "webm", "wav"];
        for (var i = 0; i < formats.Length; i++)
            await _music.AddToneAsync($"{formats[i]}.{formats[i]}", 300 + i, 2, $"Été {formats[i]}", "Ünal", "Albüm");

        await _music.StartAsync();
        var tracks = await _music.UntilAsync(tracks => tracks.Count == formats.Length);

        Assert.Equal(formats.Select(format => $"Été {format}").Order(), tracks.Select(track => track.Title).Order());
        Assert.All(tracks, track =>
        {
            Assert.Equal(("Ünal", "Albüm"), (track.Artist, track.Album));
            Assert.InRange(track.DurationMs, 1950, 2150);
        });
        Assert.InRange(tracks.Single(track => track.Title == "Été webm").DurationMs, 1998, 2002);
    }

    [Fact]
    public async Task An_untagged_file_is_named_after_its_file()
    {
        await _music.AddToneAsync("07 - The Band - The_Song.flac", 300);
        await _music.AddToneAsync("99 Luftballons.flac", 310);

        await _music.StartAsync();
        var tracks = await _music.UntilAsync(tracks => tracks.Count == 2);

        Assert.Equal([("Luftballons", ""), ("The Song", "The Band")], tracks.Select(track => (track.Title, track.Artist)));
    }

    [Fact]
    public async Task Files_that_cannot_be_heard_are_skipped_and_the_rest_is_listed()
    {
        await _music.AddToneAsync("good.mp3", title: "Good");
        await File.WriteAllBytesAsync(_music.PathOf("empty.mp3"), []);
        await File.WriteAllTextAsync(_music.PathOf("text.flac"), "not music at all");
        await File.WriteAllBytesAsync(_music.PathOf("header-only.webm"), [0x1A, 0x45, 0xDF, 0xA3]);
        await File.WriteAllTextAsync(_music.PathOf("playlist.mp3"), "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\ngood.mp3\n#EXT-X-ENDLIST\n");
        File.CreateSymbolicLink(_music.PathOf("nowhere.ogg"), _music.PathOf("gone.ogg"));

        await _music.StartAsync();
        var tracks = await _music.UntilAsync(tracks => tracks.Count > 0);

        Assert.Equal(["Good"], tracks.Select(track => track.Title));
    }

    [Fact]
    public async Task Links_are_followed_and_loops_end()
    {
        await _music.AddToneAsync("album/one.ogg", title: "One");
        Directory.CreateSymbolicLink(_music.PathOf("album/loop"), _music.PathOf(""));
        Directory.CreateSymbolicLink(_music.PathOf("again"), _music.PathOf("album"));

        await _music.StartAsync();
        var tracks = await _music.UntilAsync(tracks => tracks.Count > 0);

        Assert.Single(tracks);
    }

    [Fact]
    public async Task A_file_added_while_the_hub_runs_is_listed_and_a_moved_one_stays_the_same_track()
    {
        await _music.StartAsync();
        await _music.AddToneAsync("inbox.mp3", title: "Wanderer");
        var before = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));

        Directory.CreateDirectory(_music.PathOf("sorted/deep"));
        File.Move(_music.PathOf("inbox.mp3"), _music.PathOf("sorted/deep/renamed.mp3"));
        await ScanAsync();

        Assert.Equal(before.Id, Assert.Single((await _music.ListAsync()).Items).Id);
    }

    [Fact]
    public async Task A_track_whose_file_goes_is_hidden_and_returns_with_its_file_as_itself()
    {
        await _music.AddToneAsync("song.mp3", title: "Comes and goes");
        await _music.StartAsync();
        var before = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));

        var away = _music.PathOf("../away.mp3");
        File.Move(_music.PathOf("song.mp3"), away);
        await _music.UntilAsync(tracks => tracks.Count == 0);
        await _music.App.Http.GetAsync($"/api/tracks/{before.Id}").RefusedAsync(System.Net.HttpStatusCode.NotFound, "track.not_found");
        Assert.True((await _music.App.Http.GetAsync(before.CoverUrl)).IsSuccessStatusCode);
        File.Move(away, _music.PathOf("song.mp3"));

        Assert.Equal(before, Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1)));
    }

    [Fact]
    public async Task A_retagged_file_is_the_same_track_and_another_song_in_its_place_is_not()
    {
        await _music.AddToneAsync("song.mp3", 440, 3, "Old title");
        await _music.StartAsync();
        var before = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));

        await _music.AddToneAsync("song.mp3", 440, 3, "New title");
        var retagged = Assert.Single(await _music.UntilAsync(tracks => tracks is [{ Title: "New title" }]));
        Assert.Equal(before.Id, retagged.Id);

        await _music.AddToneAsync("song.mp3", 880, 9, "Another song");
        var another = Assert.Single(await _music.UntilAsync(tracks => tracks is [{ Title: "Another song" }]));
        Assert.NotEqual(before.Id, another.Id);
    }

    [Fact]
    public async Task Two_copies_are_one_track_and_the_second_steps_in_for_the_first()
    {
        await _music.AddToneAsync("a.mp3", title: "Twin");
        File.Copy(_music.PathOf("a.mp3"), _music.PathOf("b.mp3"));
        await _music.StartAsync();
        var before = Assert.Single(await _music.UntilAsync(tracks => tracks.Count > 0));

        File.Delete(_music.PathOf("a.mp3"));
        await ScanAsync();

        Assert.Equal(before.Id, Assert.Single((await _music.ListAsync()).Items).Id);
        Assert.True((await _music.App.Http.GetAsync(before.AudioUrl)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_restarted_hub_reads_no_file_again_that_has_not_changed()
    {
        await _music.AddToneAsync("song.mp3", title: "Song");
        await _music.StartAsync();
        await _music.UntilAsync(tracks => tracks.Count == 1);

        await _music.StartAsync();
        var result = await ScanAsync();

        Assert.Equal((1, 0, 0), (result.Found, result.Read, result.Hidden));
    }

    [Fact]
    public async Task Without_audio_tools_webm_and_wav_are_still_heard()
    {
        await using var music = new MusicFolder(("Catalog:Ffprobe", "no-such-tool"), ("Catalog:Ffmpeg", "no-such-tool"));
        await music.AddToneAsync("a.webm", 440, 2, "Sängerin", "Ann", "Album");
        await music.AddToneAsync("b.wav", 450, 2, "Welle", "Bob", "Album");
        await music.AddToneAsync("c.mp3", 460, 2, "Needs ffprobe");

        await music.StartAsync();
        var tracks = await music.UntilAsync(tracks => tracks.Count == 2);

        Assert.Equal([("Sängerin", "Ann", "Album"), ("Welle", "Bob", "Album")], tracks.Select(track => (track.Title, track.Artist, track.Album!)));
        // What the coder leads in with is not part of the song: the next one would begin that much late.
        Assert.All(tracks, track => Assert.InRange(track.DurationMs, 1998, 2002));
    }

    [Fact]
    public async Task Several_folders_are_one_catalog()
    {
        using var other = new TempFolder();
        await _music.AddToneAsync("one.ogg", 440, title: "One");
        await MusicFolder.FfmpegAsync("-v", "error", "-f", "lavfi", "-i", "sine=frequency=450:d=1", "-metadata", "title=Two", Path.Combine(other.Path, "two.ogg"));
        await using var app = new HubApp(settings: new() { ["Music"] = $"{_music.PathOf("")};{other.Path}" });

        await Patiently.UntilAsync(
            async () => Assert.Equal(["One", "Two"], (await app.Http.GetAsync("/api/tracks").ReadAsync<TrackPage>()).Items.Select(track => track.Title)),
            "both folders are scanned");
    }

    /// <summary>A scan of our own, after the hub's has come to rest.</summary>
    private async Task<ScanResult> ScanAsync()
    {
        await Task.Delay(600);
        return await _music.App.Services.GetRequiredService<CatalogScan>().RunAsync(progress: null, CancellationToken.None);
    }
}
