using System.Net;
using System.Net.Http.Json;

namespace MusicSocial.Server.Tests.Hosting;

public sealed class HeadersTests(SharedHub hub) : IClassFixture<SharedHub>
{
    [Theory]
    [InlineData("/api/rooms")]
    [InlineData("/api/tracks/nothing")]
    [InlineData("/api/accounts/me")]
    [InlineData("/api/nowhere")]
    public async Task Every_answer_says_what_a_browser_may_do_with_it(string path)
    {
        using var answer = await hub.App.Http.GetAsync(path);

        Assert.Contains("connect-src 'self';", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(answer.Headers.Contains("Cross-Origin-Resource-Policy"));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Behind_TLS_it_says_so()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/rooms") { Headers = { { "X-Forwarded-Proto", "https" } } };

        using var answer = await hub.App.Http.SendAsync(request);

        Assert.True(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task What_is_personal_is_not_kept()
    {
        using var session = await hub.App.Http.PostAsJsonAsync("/api/accounts/guest", new { displayName = "Ann" });
        Assert.True(session.Headers.CacheControl?.NoStore);
        var ann = await hub.App.GuestAsync();
        foreach (var path in (string[])["/api/accounts/me", "/api/me/inbox", "/api/me/privacy", "/api/friends/now-playing"])
        {
            using var answer = await ann.Http.GetAsync(path);
            Assert.True(answer.Headers.CacheControl?.NoStore, path);
        }
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a:99999999")]
    [InlineData("a..b")]
    [InlineData("a/b")]
    public async Task A_host_that_is_none_is_put_on_no_code(string host)
    {
        var ann = await hub.App.GuestAsync();
        var room = await ann.Http.PostAsJsonAsync("/api/rooms", new { name = "Kitchen" }).ReadAsync<RoomView>();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/rooms/{room.Code}/qr.svg");
        request.Headers.TryAddWithoutValidation("Host", host);

        using var answer = await hub.App.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
