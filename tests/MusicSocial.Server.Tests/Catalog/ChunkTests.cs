using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Catalog.Chunks;
using MusicSocial.Server.Limits;

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

    [Fact]
    public async Task A_chunk_that_is_not_there_is_refused_and_cut_for_the_next_request()
    {
        await _music.AddToneAsync("song.flac", seconds: 3, title: "Song");
        await _music.StartAsync();
        var track = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));
        var chunk = $"/api/tracks/{track.Id}/chunks/0";

        await _music.App.Http.GetAsync(chunk).RefusedAsync(HttpStatusCode.NotFound, "track.chunk_not_found");

        await UntilAsync(async () =>
        {
            using var answer = await _music.App.Http.GetAsync(chunk);
            return answer.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task A_data_folder_that_takes_no_chunks_does_not_stop_the_hub()
    {
        await _music.AddToneAsync("song.flac", seconds: 3, title: "Song");
        await File.WriteAllTextAsync(_music.PathOf("../chunks"), "a file where a folder should be");
        await _music.StartAsync();
        var track = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));

        Assert.Equal(ChunksState.Never, (await SettledAsync(_music, track)).State);

        Assert.False(_music.App.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        Assert.Equal(track, Assert.Single((await _music.ListAsync()).Items));
    }

    [Fact]
    public async Task The_tracks_that_were_not_used_for_the_longest_time_make_room()
    {
        await using var music = new MusicFolder(("Catalog:ChunkedTracks", "2"));
        await music.AddToneAsync("a.flac", 440, seconds: 3, title: "A");
        await music.AddToneAsync("b.flac", 450, seconds: 3, title: "B");
        await music.AddToneAsync("c.flac", 460, seconds: 3, title: "C");
        await music.StartAsync();
        var tracks = await music.UntilAsync(tracks => tracks.Count == 3);
        await SettledAsync(music, tracks[0]);
        await SettledAsync(music, tracks[1]);
        await SettledAsync(music, tracks[0]);

        await SettledAsync(music, tracks[2]);

        Assert.Equal(
            new HashSet<string> { tracks[0].Id, tracks[2].Id },
            Directory.GetDirectories(music.PathOf("../chunks")).Select(folder => Path.GetFileName(folder).Split('-')[0]).ToHashSet());
    }

    [Fact]
    public async Task A_track_that_finds_the_queue_full_is_cut_when_it_is_asked_for_again()
    {
        var mayEnd = Path.Combine(_music.PathOf(".."), "may-end");
        await using var music = new MusicFolder(("Catalog:Ffmpeg", await _music.ToolAsync($"while [ ! -e '{mayEnd}' ]; do sleep 0.05; done; exit 1")), ("Catalog:Cuts:Burst", "1000"));
        await music.AddToneAsync("song.flac", seconds: 3, title: "Song");
        await music.StartAsync();
        var track = Assert.Single(await music.UntilAsync(tracks => tracks.Count == 1));
        var chunks = music.App.Services.GetRequiredService<TrackChunks>();

        chunks.Find(await music.App.Services.GetRequiredService<Tracks>().GetWithFileAsync(track.Id, CancellationToken.None), Listener);
        for (var number = 0; number < 300; number++)
            Assert.Equal(ChunksState.Coming, chunks.Find(Missing(number), Listener).State);
        await File.WriteAllTextAsync(mayEnd, "");

        await UntilAsync(() => Task.FromResult(chunks.Find(Missing(299), Listener).State == ChunksState.Never));
    }

    [Fact]
    public async Task One_network_has_only_so_many_tracks_cut()
    {
        await using var music = new MusicFolder(("Catalog:Cuts:PerSecond", "0.001"), ("Catalog:Cuts:Burst", "1"));
        await music.StartAsync();
        var chunks = music.App.Services.GetRequiredService<TrackChunks>();

        chunks.Find(Missing(1), Crawler);
        Assert.Equal(ChunksState.Coming, chunks.Find(Missing(2), Crawler).State);

        // Tracks are cut in the order in which they were queued: when a later one is through, the crawler's second was not queued.
        await UntilAsync(() => Task.FromResult(chunks.Find(Missing(3), Listener).State == ChunksState.Never));
        Assert.Equal(ChunksState.Never, chunks.Find(Missing(1), Crawler).State);
        Assert.Equal(ChunksState.Coming, chunks.Find(Missing(2), Crawler).State);
    }

    private static ClientNetwork Listener { get; } = new("192.0.2.1", null);

    private static ClientNetwork Crawler { get; } = new("192.0.2.2", null);

    /// <summary>A track whose folder is not configured: it is given up as soon as its turn comes.</summary>
    private static CatalogTrack Missing(int number) => new(
        new Track($"missing{number}", "Missing", "", null, 3_000, false, "", ""),
        new AudioFile($"nowhere/{number}.flac", 1, 1, "", "audio/flac", Sidecars.None),
        Present: true);

    private static async Task UntilAsync(Func<Task<bool>> satisfied)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await satisfied())
            await Task.Delay(50, timeout.Token);
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
        ChunkList? chunks = null;
        await UntilAsync(async () =>
        {
            chunks = await music.App.Http.GetAsync($"/api/tracks/{track.Id}/chunks").ReadAsync<ChunkList>();
            return chunks.State != ChunksState.Coming;
        });
        return chunks!;
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
