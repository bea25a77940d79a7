using System.Net;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Catalog;

namespace MusicSocial.Server.Tests.Catalog;

[Trait("Stores", "both")]
public sealed class TracksTests : IAsyncLifetime
{
    private readonly HubApp _app = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_track_of_the_catalog_is_there_for_strangers()
    {
        var added = await _app.AddTrackAsync("Sakura", "Trad.", "Spring", 61_000);

        var track = await _app.Http.GetAsync($"/api/tracks/{added.Id}").ReadAsync<Track>();

        Assert.Equal(("Sakura", "Trad.", "Spring", 61_000, false), (track.Title, track.Artist, track.Album, track.DurationMs, track.HasLyrics));
    }

    [Theory]
    [InlineData("0123456789abcdef0123")]
    [InlineData("no%20such%20id")]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    public Task An_unknown_track_is_refused(string id) =>
        _app.Http.GetAsync($"/api/tracks/{id}").RefusedAsync(HttpStatusCode.NotFound, "track.not_found");

    [Fact]
    public async Task Many_tracks_are_found_at_once_and_unknown_ids_are_left_out()
    {
        var first = await _app.AddTrackAsync("First");
        var second = await _app.AddTrackAsync("Second");

        var found = await _app.Services.GetRequiredService<Tracks>().GetAsync([first.Id, "unknown", second.Id, first.Id], CancellationToken.None);

        Assert.Equal([first, second], found.Values.OrderBy(track => track.Title));
    }
}
