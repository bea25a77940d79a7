using System.Net;
using System.Net.Http.Headers;

namespace MusicSocial.Server.Tests.Catalog;

public sealed class ChunkTests : IAsyncLifetime
{
    private readonly MusicFolder _music = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _music.DisposeAsync();

    [Fact]
    public async Task A_song_comes_in_pieces_that_each_decode_alone_to_the_sample()
    {
        await _music.AddToneAsync("song.flac", seconds: 5, title: "Song");

        var chunks = await ReadyAsync();

        Assert.Equal(3, chunks.Count);
        Assert.Equal(5_000, chunks.DurationMs, 0.05);
        double[] expected = [2_020, 2_120, 1_100];
        for (var index = 0; index < chunks.Count; index++)
            Assert.Equal(expected[index], await DecodedMsAsync(chunks, index), 0.05);
    }

    [Fact]
    public async Task A_chunk_may_be_kept_for_a_year_and_there_is_none_past_the_end()
    {
        await _music.AddToneAsync("song.flac", seconds: 3, title: "Song");

        var chunks = await ReadyAsync();

        using var first = await _music.App.Http.GetAsync(UrlOf(chunks, 0));
        Assert.Equal("audio/ogg", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal(TimeSpan.FromDays(365), first.Headers.CacheControl!.MaxAge);
        using var past = await _music.App.Http.GetAsync(UrlOf(chunks, 2));
        Assert.Equal(HttpStatusCode.NotFound, past.StatusCode);
    }

    [Fact]
    public async Task Chunks_are_cut_once_and_still_there_after_a_restart()
    {
        await _music.AddToneAsync("song.flac", seconds: 3, title: "Song");
        var before = await ReadyAsync();

        await _music.StartAsync();
        var tracks = await _music.UntilAsync(tracks => tracks.Count == 1);

        Assert.Equal(before, await ChunksOfAsync(tracks[0]));
    }

    [Fact]
    public async Task A_large_file_can_also_be_had_whole_as_Opus_in_ranges()
    {
        await _music.AddToneAsync("song.wav", seconds: 5, title: "Song");

        var chunks = await ReadyAsync();

        var whole = await _music.App.Http.GetByteArrayAsync(chunks.WholeUrl);
        Assert.Equal(5_000, await DecodedMsAsync(whole), 0.05);
        Assert.True(whole.Length < new FileInfo(_music.PathOf("song.wav")).Length);
        using var part = new HttpRequestMessage(HttpMethod.Get, chunks.WholeUrl) { Headers = { Range = new RangeHeaderValue(100, 199) } };
        using var answer = await _music.App.Http.SendAsync(part);
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal("audio/webm", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(TimeSpan.FromDays(365), answer.Headers.CacheControl!.MaxAge);
        Assert.Equal(whole[100..200], await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Two_hubs_code_a_track_into_the_same_bytes()
    {
        await _music.AddToneAsync("song.wav", seconds: 3, title: "Song");
        await using var other = new MusicFolder();
        await other.AddToneAsync("song.wav", seconds: 3, title: "Song");

        var one = await ReadyAsync();
        var two = await ReadyAsync(other);

        Assert.Equal(await _music.App.Http.GetByteArrayAsync(one.WholeUrl), await other.App.Http.GetByteArrayAsync(two.WholeUrl));
    }

    [Fact]
    public async Task A_file_that_is_small_already_is_heard_as_it_is()
    {
        await _music.AddToneWithAsync("song.ogg", 440, "-c:a", "libopus", "-b:a", "16k");

        var chunks = await ReadyAsync();

        Assert.Equal(Assert.Single((await _music.ListAsync()).Items).AudioUrl, chunks.WholeUrl);
    }

    [Fact]
    public async Task What_is_not_there_as_Opus_is_refused_and_made_for_the_next_who_asks()
    {
        await _music.AddToneAsync("song.wav", seconds: 3, title: "Song");
        await _music.StartAsync();
        var track = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));

        await _music.App.Http.GetAsync($"/api/tracks/{track.Id}/opus").RefusedAsync(HttpStatusCode.NotFound, "track.opus_not_found");

        await SettledAsync(_music, track);
        using var late = await _music.App.Http.GetAsync($"/api/tracks/{track.Id}/opus");
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
    }

    [Fact]
    public async Task Without_ffmpeg_a_track_is_heard_from_its_file()
    {
        await using var music = new MusicFolder(("Catalog:Ffmpeg", "no-such-tool"));
        await music.AddToneAsync("song.ogg", title: "Song");
        await music.StartAsync();
        var track = Assert.Single(await music.UntilAsync(tracks => tracks.Count == 1));

        var chunks = await SettledAsync(music, track);

        Assert.Equal(ChunksState.Never, chunks.State);
        Assert.Empty(chunks.WholeUrl);
    }

    private Task<ChunkList> ReadyAsync() => ReadyAsync(_music);

    private static async Task<ChunkList> ReadyAsync(MusicFolder music)
    {
        await music.StartAsync();
        var track = Assert.Single(await music.UntilAsync(tracks => tracks.Count == 1));
        var chunks = await SettledAsync(music, track);
        Assert.Equal(ChunksState.Ready, chunks.State);
        return chunks;
    }

    private static async Task<ChunkList> SettledAsync(MusicFolder music, Track track)
    {
        while (true)
        {
            var chunks = await music.App.Http.GetAsync($"/api/tracks/{track.Id}/chunks").ReadAsync<ChunkList>();
            if (chunks.State != ChunksState.Coming)
                return chunks;
            await Task.Delay(50);
        }
    }

    private Task<ChunkList> ChunksOfAsync(Track track) =>
        _music.App.Http.GetAsync($"/api/tracks/{track.Id}/chunks").ReadAsync<ChunkList>();

    private async Task<double> DecodedMsAsync(ChunkList chunks, int index) =>
        await DecodedMsAsync(await _music.App.Http.GetByteArrayAsync(UrlOf(chunks, index)));

    private async Task<double> DecodedMsAsync(byte[] bytes)
    {
        var coded = _music.PathOf("../coded");
        await File.WriteAllBytesAsync(coded, bytes);
        var decoded = _music.PathOf("../decoded.pcm");
        await MusicFolder.FfmpegAsync("-v", "error", "-y", "-i", coded, "-ar", "48000", "-ac", "1", "-f", "s16le", decoded);
        return new FileInfo(decoded).Length / 96.0;
    }

    private static string UrlOf(ChunkList chunks, int index) => chunks.Url.Replace("{index}", $"{index}", StringComparison.Ordinal);
}
