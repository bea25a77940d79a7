using System.Net;
using MusicSocial.Server.Catalog.Chunks;

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
    public async Task Without_ffmpeg_a_track_is_heard_from_its_file()
    {
        await using var music = new MusicFolder(("Catalog:Ffmpeg", "no-such-tool"));
        await music.AddToneAsync("song.ogg", title: "Song");
        await music.StartAsync();
        var track = Assert.Single(await music.UntilAsync(tracks => tracks.Count == 1));

        var chunks = await SettledAsync(music, track);

        Assert.Equal(ChunksState.Never, chunks.State);
    }

    private async Task<ChunkList> ReadyAsync()
    {
        await _music.StartAsync();
        var track = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));
        var chunks = await SettledAsync(_music, track);
        Assert.Equal(ChunksState.Ready, chunks.State);
        return chunks;
    }

    private static async Task<ChunkList> SettledAsync(MusicFolder music, Server.Catalog.Track track)
    {
        while (true)
        {
            var chunks = await music.App.Http.GetAsync($"/api/tracks/{track.Id}/chunks").ReadAsync<ChunkList>();
            if (chunks.State != ChunksState.Coming)
                return chunks;
            await Task.Delay(50);
        }
    }

    private Task<ChunkList> ChunksOfAsync(Server.Catalog.Track track) =>
        _music.App.Http.GetAsync($"/api/tracks/{track.Id}/chunks").ReadAsync<ChunkList>();

    private async Task<double> DecodedMsAsync(ChunkList chunks, int index)
    {
        var coded = _music.PathOf($"../{index}.ogg");
        await File.WriteAllBytesAsync(coded, await _music.App.Http.GetByteArrayAsync(UrlOf(chunks, index)));
        var decoded = _music.PathOf($"../{index}.pcm");
        await MusicFolder.FfmpegAsync("-v", "error", "-y", "-i", coded, "-ar", "48000", "-ac", "1", "-f", "s16le", decoded);
        return new FileInfo(decoded).Length / 96.0;
    }

    private static string UrlOf(ChunkList chunks, int index) => chunks.Url.Replace("{index}", $"{index}", StringComparison.Ordinal);
}
