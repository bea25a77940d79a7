using System.Text;

namespace MusicSocial.Server.Tests.Catalog;

/// <summary>Tags as taggers of all times and countries really wrote them, in real files.</summary>
public sealed class TagTests : IAsyncLifetime
{
    private readonly MusicFolder _music = new(("Catalog:Encodings", "music/lv=windows-1257"));

    public Task InitializeAsync() => _music.AddToneAsync("../plain.mp3", seconds: 2);

    public async Task DisposeAsync() => await _music.DisposeAsync();

    [Theory]
    [InlineData(1251, "Калинка", "Хор имени Пятницкого")]
    [InlineData(54936, "月亮代表我的心", "邓丽君")]
    [InlineData(950, "月亮代表我的心", "鄧麗君")]
    [InlineData(932, "さくら", "森山直太朗")]
    [InlineData(949, "봄날은 간다", "김윤아")]
    [InlineData(1252, "Où est l'été", "Françoise")]
    [InlineData(65001, "Калинка", "Хор")]
    public async Task Texts_that_claim_to_be_latin_are_read_for_what_they_are(int codePage, string title, string artist)
    {
        var encoding = codePage == 65001 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(codePage)!;
        await WriteAsync("song.mp3", Id3Tag.Of(3, frames: [("TIT2", [0, .. encoding.GetBytes(title)]), ("TPE1", [0, .. encoding.GetBytes(artist)]), ("TALB", [0, .. "Album"u8])]));

        Assert.Equal((title, artist, "Album"), await NamesAsync());
    }

    [Theory]
    [InlineData(1251, "Калинка", "Хор имени Пятницкого")]
    [InlineData(54936, "月亮代表我的心", "邓丽君")]
    [InlineData(1252, "Plain", "Names")]
    public async Task The_oldest_tags_are_read_in_their_encoding(int codePage, string title, string artist)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage)!;
        await File.WriteAllBytesAsync(
            _music.PathOf("song.mp3"),
            [.. await File.ReadAllBytesAsync(_music.PathOf("../plain.mp3")), .. "TAG"u8, .. Field(title), .. Field(artist), .. Field("Album"), .. new byte[35]]);

        Assert.Equal((title, artist, "Album"), await NamesAsync());

        byte[] Field(string text)
        {
            var bytes = encoding.GetBytes(text);
            return [.. bytes, .. new byte[30 - bytes.Length]];
        }
    }

    [Fact]
    public async Task The_owner_names_the_encoding_of_a_folder()
    {
        var latvian = CodePagesEncodingProvider.Instance.GetEncoding(1257)!;
        Directory.CreateDirectory(_music.PathOf("lv"));
        await WriteAsync("lv/song.mp3", Id3Tag.Of(3, frames: [("TIT2", [0, .. latvian.GetBytes("Pūt, vējiņi")]), ("TPE1", [0, .. latvian.GetBytes("Līvi")])]));

        var (title, artist, _) = await NamesAsync();

        Assert.Equal(("Pūt, vējiņi", "Līvi"), (title, artist));
    }

    [Theory]
    [InlineData(4, 3)]
    [InlineData(4, 1)]
    [InlineData(3, 1)]
    public async Task All_artists_of_a_tag_are_shown_and_found(int version, byte encoding)
    {
        byte[] artists = encoding == 3 ? [3, .. "Ada\0Bo\0Cy"u8] : [1, 0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Ada\0Bo\0Cy")];
        await WriteAsync("song.mp3", Id3Tag.Of(version, frames: [("TIT2", [0, .. "Together"u8]), ("TPE1", artists)]));

        Assert.Equal("Ada, Bo, Cy", (await NamesAsync()).Artist);
        Assert.Single((await _music.ListAsync("&query=cy")).Items);
    }

    [Fact]
    public async Task Several_vorbis_comments_are_several_artists()
    {
        await _music.AddToneAsync("song.flac", title: "Together", artist: "Ada;Bo");

        Assert.Equal("Ada, Bo", (await NamesAsync()).Artist);
    }

    [Fact]
    public async Task Frames_behind_one_with_a_plain_size_are_read()
    {
        // Older versions of iTunes wrote 2.4 tags with the sizes of 2.3.
        byte[] artist = [3, .. Encoding.ASCII.GetBytes(new string('L', 200))];
        byte[] title = [3, .. "Behind"u8];
        byte[] frames = [.. "TPE1"u8, 0, 0, 0, (byte)artist.Length, 0, 0, .. artist, .. "TIT2"u8, 0, 0, 0, (byte)title.Length, 0, 0, .. title];
        await WriteAsync("song.mp3", [.. "ID3"u8, 4, 0, 0, 0, 0, (byte)(frames.Length >> 7), (byte)(frames.Length & 0x7F), .. frames]);

        Assert.Equal("Behind", (await NamesAsync()).Title);
    }

    [Fact]
    public async Task A_text_tag_of_many_megabytes_does_not_keep_a_song_out()
    {
        await _music.AddToneAsync("../big.flac", title: "Big tag", artist: "Ann");
        var picture = new string('Q', 6 * 1024 * 1024);
        await File.WriteAllTextAsync(_music.PathOf("../tags.txt"), $";FFMETADATA1\ntitle=Big tag\nartist=Ann\nCOVERART={picture}\n");
        await MusicFolder.FfmpegAsync("-v", "error", "-i", _music.PathOf("../big.flac"), "-i", _music.PathOf("../tags.txt"), "-map_metadata", "1", "-c", "copy", _music.PathOf("song.flac"));

        var (title, artist, _) = await NamesAsync();

        Assert.Equal(("Big tag", "Ann"), (title, artist));
    }

    private async Task WriteAsync(string name, byte[] tag) =>
        await File.WriteAllBytesAsync(_music.PathOf(name), [.. tag, .. (await File.ReadAllBytesAsync(_music.PathOf("../plain.mp3")))[45..]]);

    private async Task<(string Title, string Artist, string? Album)> NamesAsync()
    {
        await _music.StartAsync();
        var track = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));
        return (track.Title, track.Artist, track.Album);
    }
}
