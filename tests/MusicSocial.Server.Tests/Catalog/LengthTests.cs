using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace MusicSocial.Server.Tests.Catalog;

/// <summary>Lengths are those of the sound that is heard, not those that headers promise.</summary>
public sealed class LengthTests : IAsyncLifetime
{
    private readonly MusicFolder _music = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _music.DisposeAsync();

    [Theory]
    [InlineData("song.mp3", 12_000)]
    [InlineData("song.flac", 12_000)]
    [InlineData("song.opus", 12_000)]
    [InlineData("song.webm", 12_000)]
    [InlineData("song.wav", 12_000)]
    [InlineData("song.aiff", 12_000)]
    [InlineData("song.wv", 12_000)]
    [InlineData("song.mka", 12_000)]
    public async Task What_an_encoder_puts_around_the_sound_does_not_count(string name, long durationMs)
    {
        await _music.AddToneAsync(name, seconds: 12, title: "Song");

        Assert.InRange((await ListedAsync()).DurationMs, durationMs - 7, durationMs + 7);
    }

    [Fact]
    public async Task A_variable_rate_without_a_header_is_counted_frame_by_frame()
    {
        await MusicFolder.FfmpegAsync(
            "-v", "error", "-f", "lavfi", "-i", "anullsrc=r=44100:cl=mono:d=10", "-f", "lavfi", "-i", "anoisesrc=r=44100:d=10:a=0.6:seed=5",
            "-filter_complex", "[1][0]concat=n=2:v=0:a=1", "-c:a", "libmp3lame", "-q:a", "2", "-write_xing", "0", _music.PathOf("song.mp3"));

        Assert.InRange((await ListedAsync()).DurationMs, 19_950, 20_080);
    }

    [Fact]
    public async Task Of_a_file_that_broke_off_what_is_there_counts()
    {
        await _music.AddToneAsync("../whole.mp3", seconds: 30);
        var whole = await File.ReadAllBytesAsync(_music.PathOf("../whole.mp3"));
        await File.WriteAllBytesAsync(_music.PathOf("song.mp3"), whole[..(whole.Length / 3)]);

        Assert.InRange((await ListedAsync()).DurationMs, 9_800, 10_100);
    }

    [Fact]
    public async Task Junk_behind_the_sound_does_not_count()
    {
        await _music.AddToneAsync("../whole.mp3", seconds: 12);
        await File.WriteAllBytesAsync(
            _music.PathOf("song.mp3"), [.. await File.ReadAllBytesAsync(_music.PathOf("../whole.mp3")), .. Enumerable.Repeat("<html>error</html>"u8.ToArray(), 3000).SelectMany(junk => junk)]);

        Assert.InRange((await ListedAsync()).DurationMs, 11_995, 12_005);
    }

    [Theory]
    [InlineData("flac", "song.flac")]
    [InlineData("webm", "song.webm")]
    public async Task A_file_that_says_no_length_is_decoded_for_it(string format, string name)
    {
        // What is written to a pipe cannot go back to its beginning.
        using var recorder = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "sh", ["-c", $"ffmpeg -v error -nostdin -f lavfi -i sine=d=5 -metadata title=Recorded -f {format} - > '{_music.PathOf(name)}'"])
        { UseShellExecute = false })!;
        await recorder.WaitForExitAsync();

        Assert.InRange((await ListedAsync()).DurationMs, 4_990, 5_030);
    }

    [Fact]
    public async Task A_length_that_decoding_corrects_is_told_and_a_room_in_the_middle_of_the_song_goes_on()
    {
        // Its header promises half a minute, its sound ends after a third of that.
        await _music.AddToneAsync("../whole.flac", seconds: 30, title: "Broken off");
        var whole = await File.ReadAllBytesAsync(_music.PathOf("../whole.flac"));
        await File.WriteAllBytesAsync(_music.PathOf("song.flac"), whole[..(whole.Length / 3)]);
        await _music.StartAsync();
        var before = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));

        var ann = await _music.App.MemberAsync("ann");
        await using var connection = await ann.ConnectAsync();
        var frames = new List<JsonElement>();
        connection.On<JsonElement>("Frame", frame => { lock (frames) frames.Add(frame); });
        await connection.InvokeAsync<JsonElement>("Follow", $"track:{before.Id}", null);
        var room = await ann.Http.PostAsJsonAsync("/api/rooms", new { name = "Room" }).ReadAsync<JsonElement>();
        var roomId = room.GetProperty("id").GetString();
        await connection.InvokeAsync<JsonElement>("JoinRoom", roomId, null);
        await connection.InvokeAsync("Enqueue", roomId, before.Id, Guid.CreateVersion7().ToString());
        await connection.InvokeAsync("Play", roomId);

        ChunkList chunks;
        do
        {
            await Task.Delay(100);
            chunks = await _music.App.Http.GetAsync($"/api/tracks/{before.Id}/chunks").ReadAsync<ChunkList>();
        }
        while (chunks.State == ChunksState.Coming);

        var after = await _music.App.Http.GetAsync($"/api/tracks/{before.Id}").ReadAsync<Track>();
        Assert.Equal(Math.Round(chunks.DurationMs), after.DurationMs);
        Assert.InRange(after.DurationMs, 5_000, 20_000);
        await MusicSocial.TestRig.Patiently.UntilAsync(
            async () =>
            {
                var timeline = (await ann.Http.GetAsync($"/api/rooms/{roomId}").ReadAsync<JsonElement>()).GetProperty("timeline");
                Assert.Equal(after.DurationMs, timeline.GetProperty("durationMs").GetDouble());
                lock (frames)
                    Assert.Contains(frames.SelectMany(frame => frame.GetProperty("events").EnumerateArray()), told => told.GetProperty("type").GetString() == "track.length");
            },
            "the room and the followers of the track know its length");
    }

    private async Task<Track> ListedAsync()
    {
        await _music.StartAsync();
        return Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));
    }
}
