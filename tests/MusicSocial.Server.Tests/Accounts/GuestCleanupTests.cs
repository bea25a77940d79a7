using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Accounts;

public sealed class GuestCleanupTests : IAsyncLifetime
{
    private readonly HubApp _app = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    private GuestStore Guests => _app.Services.GetRequiredService<GuestStore>();

    [Fact]
    public async Task Guests_who_were_not_seen_for_long_and_wrote_nothing_are_removed_with_what_is_theirs()
    {
        var unused = await _app.GuestAsync("Unused");
        var writer = await _app.GuestAsync("Writer");
        var member = await _app.MemberAsync("member");
        (await unused.Http.PutAsync("/api/users/member/follow", null)).EnsureSuccessStatusCode();
        var track = await _app.AddTrackAsync();
        (await writer.Http.PostAsJsonAsync($"/api/tracks/{track.Id}/comments", new { text = "I was here" })).EnsureSuccessStatusCode();
        await SeenAsync(0, unused, writer, member);

        var removed = await Guests.RemoveUnusedAsync(beforeMs: 1_000, limit: 10, CancellationToken.None);

        Assert.Equal([unused.User.Id], removed);
        await _app.Http.PostAsJsonAsync("/api/accounts/refresh", new { unused.Session.RefreshToken }).RefusedAsync(HttpStatusCode.Unauthorized, "auth.expired");
        (await _app.Http.PostAsJsonAsync("/api/accounts/refresh", new { writer.Session.RefreshToken })).EnsureSuccessStatusCode();
        (await _app.Http.PostAsJsonAsync("/api/accounts/refresh", new { member.Session.RefreshToken })).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_guest_whose_session_was_renewed_stays()
    {
        var guest = await _app.GuestAsync();
        await SeenAsync(0, guest);
        (await _app.Http.PostAsJsonAsync("/api/accounts/refresh", new { guest.Session.RefreshToken })).EnsureSuccessStatusCode();

        Assert.Empty(await Guests.RemoveUnusedAsync(beforeMs: 1_000, limit: 10, CancellationToken.None));
    }

    private async Task SeenAsync(long atMs, params Person[] people)
    {
        foreach (var person in people)
            await Guests.SeenAsync(person.User.Id, atMs, CancellationToken.None);
    }
}
