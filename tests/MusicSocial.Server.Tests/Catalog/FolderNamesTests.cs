using System.Net;
using System.Text;

namespace MusicSocial.Server.Tests.Catalog;

/// <summary>Covers and lyrics beside songs, by the names people give them, and what is left out.</summary>
public sealed class FolderNamesTests : IAsyncLifetime
{
    private readonly MusicFolder _music = new(("Catalog:Encodings", "music/baltic=windows-1257"));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _music.DisposeAsync();

    [Theory]
    [InlineData("Caf\u00e9.mp3", "Cafe\u0301.lrc")]
    [InlineData("Cafe\u0301.mp3", "Caf\u00e9.lrc")]
    [InlineData("Song.mp3", "SONG.LRC")]
    [InlineData("Song.mp3", "Song.mp3.lrc")]
    [InlineData("Song.mp3", "Song.en.lrc")]
    [InlineData("Song.mp3", "song.pt-BR.lrc")]
    [InlineData("Song.mp3", "Song.mp3.de.lrc")]
    [InlineData("Song.mp3", "lyrics/Song.lrc")]
    [InlineData("Song.mp3", "Lyrics/song.txt")]
    [InlineData("No. 1.mp3", "No. 1.lrc")]
    public async Task Lyrics_are_found_by_the_names_people_give_them(string song, string lyrics)
    {
        await _music.AddToneAsync(song, title: "Song");
        await WriteAsync(lyrics, "words"u8.ToArray());

        await _music.StartAsync();
        var track = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));

        Assert.Equal("words", await FirstLineAsync(track));
    }

    [Fact]
    public async Task Lyrics_of_another_song_are_not_taken()
    {
        await _music.AddToneAsync("Song.mp3", title: "Song");
        await WriteAsync("Song two.lrc", "words"u8.ToArray());
        await WriteAsync("Song.feat. Ann.lrc", "words"u8.ToArray());

        await _music.StartAsync();
        var track = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));

        Assert.False(track.HasLyrics);
    }

    [Fact]
    public async Task Old_lyric_files_are_read_in_the_encoding_they_look_like_or_the_one_of_their_folder()
    {
        await _music.AddToneAsync("song.mp3", 440, title: "A");
        await _music.AddToneAsync("baltic/song.mp3", 450, title: "B");
        await WriteAsync("song.lrc", Bytes(1251, "[00:01.00]Белеет парус одинокой"));
        await WriteAsync("baltic/song.lrc", Bytes(1257, "[00:01.00]Rudens lapu dēļ"));

        await _music.StartAsync();
        var tracks = await _music.UntilAsync(tracks => tracks.Count == 2);

        Assert.Equal("Белеет парус одинокой", await FirstLineAsync(tracks[0]));
        Assert.Equal("Rudens lapu dēļ", await FirstLineAsync(tracks[1]));
    }

    [Theory]
    [InlineData("song.mp3", "Folder.JPG")]
    [InlineData("song.mp3", "AlbumArt_{5FA05D35}_Large.jpg")]
    [InlineData("song.mp3", "Album - front cover.jpg")]
    [InlineData("song.mp3", "any name.png")]
    [InlineData("song.mp3", "cover.gif")]
    [InlineData("song.mp3", "Artwork/front.jpg")]
    [InlineData("CD1/song.mp3", "cover.jpg")]
    [InlineData("Disc 2 - Live/song.mp3", "folder.png")]
    public async Task Covers_are_found_by_the_names_people_give_them(string song, string cover)
    {
        await _music.AddToneAsync(song, title: "Song");
        await ImageAsync(cover, "blue", "64x64");

        await _music.StartAsync();
        var track = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));

        Assert.Equal(await File.ReadAllBytesAsync(_music.PathOf(cover)), await (await _music.App.Http.GetAsync(track.CoverUrl)).Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_back_and_the_disc_are_no_covers_and_a_saved_error_page_is_passed_by()
    {
        await _music.AddToneAsync("song.mp3", title: "Song");
        await ImageAsync("back.jpg", "red", "64x64");
        await ImageAsync("cd.jpg", "red", "64x64");
        await ImageAsync("front.png", "blue", "64x64");
        await WriteAsync("cover.jpg", "<html>404 not found</html>"u8.ToArray());

        await _music.StartAsync();
        var track = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));

        Assert.Equal("image/png", (await _music.App.Http.GetAsync(track.CoverUrl)).Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_large_picture_beside_a_song_is_sent_small()
    {
        await _music.AddToneAsync("song.mp3", title: "Song");
        await MusicFolder.FfmpegAsync("-v", "error", "-f", "lavfi", "-i", "testsrc2=s=3000x3000:d=1", "-frames:v", "1", "-update", "1", _music.PathOf("cover.png"));

        await _music.StartAsync();
        var track = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));

        using var sent = await _music.App.Http.GetAsync(track.CoverUrl);
        Assert.Equal("image/jpeg", sent.Content.Headers.ContentType!.MediaType);
        Assert.InRange((await sent.Content.ReadAsByteArrayAsync()).Length, 1, 400_000);
    }

    [Fact]
    public async Task Of_several_pictures_inside_a_song_the_front_is_shown()
    {
        await ImageAsync("../back.jpg", "red", "64x64");
        await ImageAsync("../front.jpg", "blue", "64x64");
        await _music.AddToneAsync("../plain.mp3");
        var tag = Id3Tag.Of(4, frames: [("TIT2", [3, .. "Song"u8]), ("APIC", await PictureAsync("../back.jpg", 4)), ("APIC", await PictureAsync("../front.jpg", 3))]);
        await WriteAsync("song.mp3", [.. tag, .. await File.ReadAllBytesAsync(_music.PathOf("../plain.mp3"))]);

        await _music.StartAsync();
        var track = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));

        Assert.Equal("blue", await ColourAsync(track));
    }

    [Fact]
    public async Task A_picture_put_in_as_an_ordinary_video_stream_is_a_cover()
    {
        await ImageAsync("../front.jpg", "blue", "64x64");
        await MusicFolder.FfmpegAsync(
            "-v", "error", "-f", "lavfi", "-i", "sine=d=2", "-i", _music.PathOf("../front.jpg"), "-map", "0:a", "-map", "1:v", "-c:a", "aac", "-c:v", "mjpeg", "-f", "mp4", _music.PathOf("song.m4a"));

        await _music.StartAsync();
        var track = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));

        Assert.Equal("blue", await ColourAsync(track));
    }

    [Fact]
    public async Task Recycle_bins_and_what_ignore_files_name_are_left_out()
    {
        string[] leftOut =
        [
            "$RECYCLE.BIN/S-1-5-21/a.mp3", "@eaDir/b.mp3", "#recycle/c.mp3", "lost+found/d.mp3", ".Trash-1000/e.mp3", "quiet/f.mp3", "quiet/deep/g.mp3", "empty/h.mp3",
            "some/drafts/i.mp3", "some/take 1.mp3",
        ];
        for (var i = 0; i < leftOut.Length; i++)
            await _music.AddToneAsync(leftOut[i], 400 + i, title: leftOut[i]);
        await _music.AddToneAsync("some/kept.mp3", 500, title: "Kept");
        await _music.AddToneAsync("some/take 2.mp3", 510, title: "Kept too");
        await WriteAsync("quiet/.nomedia", []);
        await WriteAsync("empty/.ndignore", "# everything\n"u8.ToArray());
        await WriteAsync("some/.ndignore", "drafts/\ntake*\n!take 2.mp3\n"u8.ToArray());

        await _music.StartAsync();
        var tracks = await _music.UntilAsync(tracks => tracks.Count >= 2);

        Assert.Equal(["Kept", "Kept too"], tracks.Select(track => track.Title));
    }

    [Theory]
    [InlineData("99999999999")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("7")]
    public async Task A_chunk_that_cannot_be_is_not_found(string index)
    {
        await _music.AddToneAsync("song.mp3", title: "Song");
        await _music.StartAsync();
        var track = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));

        await _music.App.Http.GetAsync($"/api/tracks/{track.Id}/chunks/{index}").RefusedAsync(HttpStatusCode.NotFound, "track.chunk_not_found");
    }

    private static byte[] Bytes(int codePage, string text) => CodePagesEncodingProvider.Instance.GetEncoding(codePage)!.GetBytes(text);

    private async Task WriteAsync(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_music.PathOf(name))!);
        await File.WriteAllBytesAsync(_music.PathOf(name), bytes);
    }

    private async Task ImageAsync(string name, string colour, string size)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_music.PathOf(name))!);
        await MusicFolder.FfmpegAsync("-v", "error", "-f", "lavfi", "-i", $"color={colour}:size={size}:d=1", "-frames:v", "1", "-update", "1", _music.PathOf(name));
    }

    private async Task<byte[]> PictureAsync(string name, byte type) =>
        [0, .. "image/jpeg"u8, 0, type, 0, .. await File.ReadAllBytesAsync(_music.PathOf(name))];

    private async Task<string> FirstLineAsync(Track track) =>
        (await _music.App.Http.GetAsync($"/api/tracks/{track.Id}/lyrics").ReadAsync<CueSheet>()).Lines[0].Text;

    private async Task<string> ColourAsync(Track track)
    {
        var shown = _music.PathOf("../shown");
        await File.WriteAllBytesAsync(shown, await _music.App.Http.GetByteArrayAsync(track.CoverUrl));
        await MusicFolder.FfmpegAsync("-v", "error", "-y", "-i", shown, "-vf", "scale=1:1", "-f", "rawvideo", "-pix_fmt", "rgb24", $"{shown}.rgb");
        var pixel = await File.ReadAllBytesAsync($"{shown}.rgb");
        return pixel[2] > 200 && pixel[0] < 60 ? "blue" : pixel[0] > 200 && pixel[2] < 60 ? "red" : $"{pixel[0]},{pixel[1]},{pixel[2]}";
    }
}
