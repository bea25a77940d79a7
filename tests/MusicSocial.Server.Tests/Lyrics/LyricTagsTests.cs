using MusicSocial.Server.Tests.Catalog;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Lyrics;

public sealed class LyricTagsTests : IAsyncLifetime
{
    private const string Lrc = "[00:01.00]First\n[00:02.00]Second";

    private readonly MusicFolder _music = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _music.DisposeAsync();

    [Fact]
    public async Task Lyrics_inside_the_audio_are_read_from_every_kind_of_tag()
    {
        await TaggedAsync("vorbis.ogg", 300, $"LYRICS={Lrc}");
        await TaggedAsync("flac.flac", 310, $"SYNCEDLYRICS={Lrc}", "UNSYNCEDLYRICS=Plain");
        await TaggedAsync("opus.opus", 320, "UNSYNCEDLYRICS=Plain words");
        await TaggedAsync("apple.m4a", 330, $"lyrics={Lrc}");
        await Mp3Async("sylt.mp3", 340, Id3Tag.Of(4, frames: [("USLT", Id3Tag.Uslt("Untimed")), ("SYLT", Id3Tag.Sylt(("First", 1000), ("Second", 2000)))]));
        await Mp3Async("uslt.mp3", 350, Id3Tag.Of(3, frames: [("USLT", Id3Tag.Uslt(Lrc))]));

        await _music.StartAsync();
        var tracks = await _music.UntilAsync(tracks => tracks.Count == 6 && tracks.All(track => track.HasLyrics));

        foreach (var track in tracks)
        {
            var sheet = await GetAsync(track);
            var expected = track.Title == "opus" ? "Plain words" : "First";
            Assert.Equal((track.Title, expected, LyricSource.Tags, track.Title != "opus"), (track.Title, sheet.Lines[0].Text, sheet.Source, sheet.Synced));
        }
    }

    [Fact]
    public async Task A_file_beside_the_audio_comes_before_its_tags_and_what_cannot_be_read_promises_nothing()
    {
        await TaggedAsync("both.ogg", 300, "LYRICS=From the tag");
        await File.WriteAllTextAsync(_music.PathOf("both.lrc"), "[00:01.00]From the file");
        await Mp3Async("frames.mp3", 340, Id3Tag.Of(4, frames: [("SYLT", Id3Tag.Sylt(format: 1, ("Counted in frames", 40)))]));

        await _music.StartAsync();
        var tracks = await _music.UntilAsync(tracks => tracks.Count == 2 && tracks[0].HasLyrics);

        Assert.Equal(("both", "From the file"), (tracks[0].Title, (await GetAsync(tracks[0])).Lines[0].Text));
        Assert.False(tracks[1].HasLyrics);
        File.Delete(_music.PathOf("both.lrc"));
        await Patiently.UntilAsync(
            async () => Assert.Equal("From the tag", (await GetAsync(tracks[0])).Lines[0].Text), "the tag counts when the file is gone");
    }

    private Task<CueSheet> GetAsync(Track track) => _music.App.Http.GetAsync($"/api/tracks/{track.Id}/lyrics").ReadAsync<CueSheet>();

    private Task TaggedAsync(string name, int pitch, params string[] tags) =>
        _music.AddToneWithAsync(name, pitch, [.. tags.SelectMany(tag => new[] { "-metadata", tag })]);

    private async Task Mp3Async(string name, int pitch, byte[] tag)
    {
        await _music.AddToneWithAsync(name, pitch, ["-id3v2_version", "0", "-write_xing", "0"]);
        var path = _music.PathOf(name);
        var audio = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, [.. tag, .. audio]);
    }
}
