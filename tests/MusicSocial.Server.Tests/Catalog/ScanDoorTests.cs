using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Accounts;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Catalog;

/// <summary>What the owner of the music sees of the scan, and can have it do.</summary>
public sealed class ScanDoorTests : IAsyncLifetime
{
    private readonly MusicFolder _music = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        // The framework cannot delete what it cannot name.
        using (var delete = System.Diagnostics.Process.Start("find", [_music.PathOf(""), "-mindepth", "1", "-delete"]))
            await delete.WaitForExitAsync();
        await _music.DisposeAsync();
    }

    [Fact]
    public async Task The_owner_sees_what_was_skipped_and_why()
    {
        await _music.AddToneAsync("a.mp3", title: "Song");
        File.Copy(_music.PathOf("a.mp3"), _music.PathOf("b.mp3"));
        await File.WriteAllTextAsync(_music.PathOf("broken.mp3"), "no music at all");
        await ShellAsync($"mkdir \"$(printf '{_music.PathOf("")}/\\351t\\351')\"");
        await _music.StartAsync();
        await _music.UntilAsync(tracks => tracks.Count > 0);
        var owner = await OwnerAsync();

        await Patiently.UntilAsync(
            async () =>
            {
                var status = await owner.GetAsync("/api/admin/scan").ReadAsync<ScanStatus>();
                Assert.False(status.Running);
                Assert.Equal(
                    [("music/b.mp3", "copy"), ("music/broken.mp3", "unreadable"), ("music/\uFFFDt\uFFFD", "name")],
                    status.Skipped.Select(skipped => (skipped.Path, skipped.Reason)));
            },
            "the skipped files are listed");
    }

    [Fact]
    public async Task A_song_on_an_old_disk_whose_name_is_not_in_utf8_is_heard_with_its_cover_and_lyrics()
    {
        await _music.AddToneAsync("../plain.mp3");
        await ShellAsync($"mv '{_music.PathOf("../plain.mp3")}' \"$(printf '{_music.PathOf("")}/Ann - \\311t\\351.mp3')\"");
        await File.WriteAllTextAsync(_music.PathOf("Ann - Été.lrc"), "[00:01.00]words");
        await _music.StartAsync();

        var track = Assert.Single(await _music.UntilAsync(tracks => tracks.Count == 1));

        Assert.Equal(("Été", "Ann", true), (track.Title, track.Artist, track.HasLyrics));
        Assert.NotEmpty(await _music.App.Http.GetByteArrayAsync(track.AudioUrl));

        // Nothing is sent that was put in its place as a link out of the music.
        await ShellAsync($"cd '{_music.PathOf("")}' && echo secret > ../secret.mp3 && rm *.mp3 && ln -s ../secret.mp3 \"$(printf 'Ann - \\311t\\351.mp3')\"");
        await _music.App.Http.GetAsync(track.AudioUrl).RefusedAsync(HttpStatusCode.NotFound, "track.not_found");
    }

    [Fact]
    public async Task A_forced_scan_reads_what_seems_unchanged_and_only_where_it_is_asked_to()
    {
        await _music.AddToneAsync("one/a.mp3", 440, title: "One");
        await _music.AddToneAsync("two/b.mp3", 450, title: "Two");
        await _music.StartAsync();
        await _music.UntilAsync(tracks => tracks.Count == 2);
        var owner = await OwnerAsync();
        await Patiently.UntilAsync(
            async () => Assert.False((await ReadAsync(owner)).Running), "the folders come to rest");

        (await owner.PostAsync("/api/admin/scan", null)).EnsureSuccessStatusCode();
        using var accepted = await owner.PostAsJsonAsync("/api/admin/scan", new { force = true, path = "music/one" });
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);

        await Patiently.UntilAsync(async () => Assert.Equal((false, 1), await ReadAsync(owner)), "one file was read again");
    }

    [Fact]
    public async Task Only_operators_come_in()
    {
        await _music.StartAsync();
        var guest = await _music.App.GuestAsync();

        await guest.Http.GetAsync("/api/admin/scan").RefusedAsync(HttpStatusCode.Forbidden, "auth.forbidden");
        await guest.Http.PostAsJsonAsync("/api/admin/scan", new { }).RefusedAsync(HttpStatusCode.Forbidden, "auth.forbidden");
    }

    private static async Task ShellAsync(string script)
    {
        using var shell = System.Diagnostics.Process.Start("sh", ["-c", script]);
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
    }

    private static async Task<(bool Running, int Read)> ReadAsync(HttpClient owner)
    {
        var status = await owner.GetAsync("/api/admin/scan").ReadAsync<ScanStatus>();
        return (status.Running, status.Read);
    }

    private async Task<HttpClient> OwnerAsync()
    {
        var owner = await _music.App.MemberAsync("olga");
        await _music.App.Services.GetRequiredService<AccountStore>().SetOperatorAsync("olga", isOperator: true, default);
        return owner.Http;
    }
}
