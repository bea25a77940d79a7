using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Listens;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Accounts;

[Trait("Stores", "both")]
public sealed class ExportTests(AccountsHub hub) : IClassFixture<AccountsHub>
{
    [Fact]
    public async Task Everything_the_hub_keeps_about_a_person_is_in_one_zip_and_nothing_of_others()
    {
        var (ann, ben) = (await hub.App.MemberAsync(NewHandle()), await hub.App.MemberAsync(NewHandle()));
        var track = await hub.App.AddTrackAsync("Export");
        for (var i = 0; i < 3; i++)
            await PostAsync(ann, track, $"comment {i}");
        var theirs = await PostAsync(ben, track, $"hello @{ann.User.Handle}");
        (await ann.Http.PutAsync($"/api/comments/{theirs.Id}/like", null)).EnsureSuccessStatusCode();
        (await ann.Http.PutAsync($"/api/users/{ben.User.Handle}/follow", null)).EnsureSuccessStatusCode();
        var listens = hub.App.Services.GetRequiredService<ListenStore>();
        for (var i = 0; i < 1_001; i++)
            await listens.TryAddAsync(ann.User.Id, ListenOf(i), 1_000_000 + (i * 200_000) + 100_000, default);
        await TestRig.Patiently.UntilAsync(
            async () => Assert.Single((await ann.Http.GetAsync("/api/me/inbox").ReadAsync<InboxPage>()).Items), "the mention has arrived");

        var export = await ExportAsync(ann);

        Assert.Equal(
            "account.json blocks.json chat.json close-friends.json comments.json followers.json following.json inbox.json likes.json listens.json listens.listenbrainz.json lyric-reports.json lyrics.json mutes.json privacy.json reports.json sessions.json",
            string.Join(' ', export.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal(ann.User.Handle, export["account.json"].GetProperty("user").GetProperty("handle").GetString());
        Assert.Equal(["comment 0", "comment 1", "comment 2"], export["comments.json"].EnumerateArray().Select(comment => comment.GetProperty("text").GetString()));
        Assert.Equal(theirs.Id, Assert.Single(export["likes.json"].EnumerateArray()).GetProperty("commentId").GetString());
        Assert.Equal(ben.User.Handle, Assert.Single(export["following.json"].EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal("mention", Assert.Single(export["inbox.json"].EnumerateArray()).GetProperty("type").GetString());
        Assert.Single(export["sessions.json"].EnumerateArray());
        Assert.Equal(1_001, export["listens.json"].GetArrayLength());
        var first = export["listens.listenbrainz.json"].EnumerateArray().Last();
        Assert.Equal(1_000, first.GetProperty("listened_at").GetInt64());
        Assert.Equal("Artist", first.GetProperty("track_metadata").GetProperty("artist_name").GetString());
        Assert.Equal("Song 0", first.GetProperty("track_metadata").GetProperty("track_name").GetString());
    }

    [Fact]
    public async Task Exports_are_the_owners_and_counted()
    {
        await hub.App.Http.GetAsync("/api/accounts/export").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
        var guest = await hub.App.GuestAsync();
        for (var i = 0; i < 5; i++)
            await ExportAsync(guest);

        await guest.Http.GetAsync("/api/accounts/export").RefusedAsync(HttpStatusCode.TooManyRequests, "rate.limited");
    }

    private static string NewHandle() => "e" + Guid.CreateVersion7().ToString("N")[^20..];

    private static Listen ListenOf(int i) =>
        new($"listen{i:D8}", new PlayingTrack(null, $"Song {i}", "Artist", "Album", 180_000, HasLyrics: false, CoverUrl: null, AudioUrl: null), 1_000_000 + (i * 200_000));

    private static Task<Comment> PostAsync(Person person, Track track, string text) =>
        person.Http.PostAsJsonAsync($"/api/tracks/{track.Id}/comments", new { text, clientKey = Guid.CreateVersion7() }).ReadAsync<Comment>();

    private static async Task<Dictionary<string, JsonElement>> ExportAsync(Person person)
    {
        using var answer = await person.Http.GetAsync("/api/accounts/export");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/zip", answer.Content.Headers.ContentType?.MediaType);
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        return zip.Entries.ToDictionary(entry => entry.Name, entry => JsonDocument.Parse(entry.Open()).RootElement);
    }
}
