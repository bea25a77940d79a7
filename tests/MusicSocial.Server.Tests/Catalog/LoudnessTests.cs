using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Catalog.Measuring;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Catalog;

[Trait("Stores", "both")]
public sealed class LoudnessTests : IAsyncLifetime
{
    private readonly MusicFolder _music = new(("Catalog:MeasureLoudness", "true"));

    public Task InitializeAsync() => _music.StartAsync();

    public async Task DisposeAsync() => await _music.DisposeAsync();

    [Fact]
    public async Task A_song_tells_how_loud_it_is_and_keeps_it_over_a_restart()
    {
        await WriteAsync(Tone.Wav(-23));

        var track = await MeasuredAsync(tracks => tracks is [{ Loudness: not null }]);
        Assert.Equal(-23, track.Loudness!.Value, 0.2);
        Assert.Equal(-23, track.Peak!.Value, 0.2);

        await _music.StartAsync();
        Assert.Equal(track, Assert.Single((await _music.ListAsync()).Items));
        Assert.Equal(track, await _music.App.Http.GetAsync($"/api/tracks/{track.Id}").ReadAsync<Track>());
    }

    [Fact]
    public async Task Other_sound_in_its_file_is_measured_again()
    {
        await WriteAsync(Tone.Wav(-23));
        await MeasuredAsync(tracks => tracks is [{ Loudness: < -20 }]);

        await WriteAsync(Tone.Wav(-9));

        await MeasuredAsync(tracks => tracks is [{ Loudness: > -10 }]);
    }

    [Fact]
    public async Task Silence_is_measured_once_and_says_nothing_on_the_wire()
    {
        await WriteAsync(Silence.Wav(seconds: 2));
        var track = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));

        await Patiently.UntilAsync(async () => Assert.Empty(await Store.UnmeasuredAsync("", CancellationToken.None)), "silence was measured");

        var document = await _music.App.Http.GetStringAsync($"/api/tracks/{track.Id}");
        Assert.DoesNotContain("loudness", document, StringComparison.Ordinal);
        Assert.DoesNotContain("peak", document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_ffmpeg_nothing_is_measured_and_nothing_is_given_up_for_good()
    {
        await using var music = new MusicFolder(("Catalog:MeasureLoudness", "true"), ("Catalog:Ffmpeg", "no-such-tool"));
        await File.WriteAllBytesAsync(music.PathOf("song.wav"), Tone.Wav(-23));
        await music.StartAsync();

        var meter = music.App.Services.GetRequiredService<LoudnessMeter>();
        await Patiently.UntilAsync(() => meter.IsMissing, "the survey found no ffmpeg");

        Assert.Null(Assert.Single((await music.ListAsync()).Items).Loudness);
        Assert.Single(await music.App.Services.GetRequiredService<LoudnessStore>().UnmeasuredAsync("", CancellationToken.None));
    }

    [Fact]
    public async Task What_was_measured_belongs_to_the_sound_that_was_measured()
    {
        await using var app = new HubApp();
        var (store, tracks) = (app.Services.GetRequiredService<LoudnessStore>(), app.Services.GetRequiredService<TrackStore>());
        var id = (await app.AddTrackAsync()).Id;
        var unmeasured = Assert.Single(await store.UnmeasuredAsync("", CancellationToken.None));
        Assert.Equal(id, unmeasured.Id);

        await store.SaveAsync(unmeasured with { Fingerprint = "before" }, new MeasuredLoudness(-8, 0.5), CancellationToken.None);
        Assert.Null(Assert.Single(await tracks.FindAsync([id], CancellationToken.None)).Track.Loudness);
        Assert.True(await store.IsUnmeasuredAsync(unmeasured, CancellationToken.None));

        await store.SaveAsync(unmeasured, new MeasuredLoudness(-8, 0.5), CancellationToken.None);
        var track = Assert.Single(await tracks.FindAsync([id], CancellationToken.None)).Track;
        Assert.Equal((-8.0, 0.5), (track.Loudness, track.Peak));
        Assert.False(await store.IsUnmeasuredAsync(unmeasured, CancellationToken.None));
        Assert.Empty(await store.UnmeasuredAsync("", CancellationToken.None));
    }

    private LoudnessStore Store => _music.App.Services.GetRequiredService<LoudnessStore>();

    private Task WriteAsync(byte[] wav) => File.WriteAllBytesAsync(_music.PathOf("song.wav"), wav);

    private async Task<Track> MeasuredAsync(Func<IReadOnlyList<Track>, bool> satisfied) => Assert.Single(await _music.UntilAsync(satisfied));
}
