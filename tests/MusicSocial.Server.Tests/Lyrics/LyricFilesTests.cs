using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Lyrics;

public sealed class LyricFilesTests : IAsyncLifetime
{
    private readonly MusicFolder _music = new();

    public Task InitializeAsync() => _music.AddToneAsync("song.ogg", title: "Song");

    public async Task DisposeAsync() => await _music.DisposeAsync();

    [Fact]
    public async Task Lyrics_beside_the_audio_are_found_and_the_richest_come_first()
    {
        await WriteAsync("song.txt", "Plain words");
        await WriteAsync("song.lrc", "[00:01.00]Timed words");

        await _music.StartAsync();
        var track = await TrackAsync(track => track.HasLyrics);

        Assert.Equal("Timed words", (await GetAsync(track)).Lines[0].Text);
    }

    [Fact]
    public async Task A_link_that_leads_out_of_the_music_is_not_followed()
    {
        await File.WriteAllTextAsync(_music.PathOf("../secret"), "a password");
        File.CreateSymbolicLink(_music.PathOf("song.lrc"), _music.PathOf("../secret"));

        await _music.StartAsync();
        var track = await TrackAsync(_ => true);

        await _music.App.Http.GetAsync($"/api/tracks/{track.Id}/lyrics").RefusedAsync(HttpStatusCode.NotFound, "lyrics.none");
    }

    [Fact]
    public async Task Lyrics_that_appear_change_and_go_while_the_hub_runs_are_noticed()
    {
        await _music.StartAsync();
        var track = await TrackAsync(track => !track.HasLyrics);

        await WriteAsync("song.lrc", "[00:01.00]Once");
        await TrackAsync(track => track.HasLyrics);
        Assert.Equal("Once", (await GetAsync(track)).Lines[0].Text);

        File.Delete(_music.PathOf("song.lrc"));
        await TrackAsync(track => !track.HasLyrics);
        await _music.App.Http.GetAsync($"/api/tracks/{track.Id}/lyrics").RefusedAsync(HttpStatusCode.NotFound, "lyrics.none");
    }

    [Fact]
    public async Task Files_that_cannot_be_read_promise_no_lyrics()
    {
        await WriteAsync("song.ttml", "<tt><body><p>");
        await File.WriteAllBytesAsync(_music.PathOf("song.lrc"), new byte[2 * 1024 * 1024]);

        await _music.StartAsync();

        await TrackAsync(track => !track.HasLyrics);
    }

    [Fact]
    public async Task What_people_upload_wins_over_the_file_until_they_go_back_to_it()
    {
        await WriteAsync("song.lrc", "[00:01.00]From the file");
        await _music.StartAsync();
        var track = await TrackAsync(track => track.HasLyrics);
        var ann = await _music.App.MemberAsync("ann");
        Assert.Equal((LyricSource.File, 0L), ((await GetAsync(track)).Source, (await GetAsync(track)).Revision));

        await ann.Http.PutAsync($"/api/tracks/{track.Id}/lyrics", new StringContent("[00:01.00]From Ann")).ReadAsync<CueSheet>();
        Assert.Equal("From Ann", (await GetAsync(track)).Lines[0].Text);

        Assert.Equal("From the file", (await _music.App.Http.GetAsync($"/api/tracks/{track.Id}/lyrics/revisions/0").ReadAsync<CueSheet>()).Lines[0].Text);
        await ann.Http.PostAsync($"/api/tracks/{track.Id}/lyrics/revisions/0/revert", content: null).ReadAsync<CueSheet>();
        Assert.Equal("From the file", (await GetAsync(track)).Lines[0].Text);
    }

    [Fact]
    public async Task Guests_do_not_replace_what_lies_beside_the_audio()
    {
        await WriteAsync("song.lrc", "[00:01.00]From the file");
        await _music.StartAsync();
        var track = await TrackAsync(track => track.HasLyrics);
        var guest = await _music.App.GuestAsync();

        await guest.Http.PutAsync($"/api/tracks/{track.Id}/lyrics", new StringContent("[00:01.00]Mine"))
            .RefusedAsync(HttpStatusCode.Forbidden, "lyrics.forbidden");
    }

    [Fact]
    public async Task Who_follows_the_track_hears_of_new_lyrics()
    {
        await _music.StartAsync();
        var track = await TrackAsync(_ => true);
        var ann = await _music.App.GuestAsync();
        await using var connection = await ann.ConnectAsync();
        var heard = new TaskCompletionSource<JsonElement>();
        connection.On<JsonElement>("Frame", frame => heard.TrySetResult(frame));
        await connection.InvokeAsync<JsonElement>("Follow", $"track:{track.Id}", null);

        await ann.Http.PutAsync($"/api/tracks/{track.Id}/lyrics", new StringContent("[00:01.00]New")).ReadAsync<CueSheet>();

        var told = (await heard.Task.WaitAsync(TimeSpan.FromSeconds(30))).GetProperty("events")[0];
        Assert.Equal("lyrics.changed", told.GetProperty("type").GetString());
        var data = told.GetProperty("data");
        Assert.Equal((track.Id, 1L, ann.User.Id), (data.GetProperty("trackId").GetString(), data.GetProperty("revision").GetInt64(), data.GetProperty("by").GetProperty("id").GetString()));
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(_music.PathOf(name), text);

    private Task<CueSheet> GetAsync(Track track) => _music.App.Http.GetAsync($"/api/tracks/{track.Id}/lyrics").ReadAsync<CueSheet>();

    private async Task<Track> TrackAsync(Func<Track, bool> satisfied) =>
        (await _music.UntilAsync(tracks => tracks.Count == 1 && satisfied(tracks[0])))[0];
}
