using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Accounts;

/// <summary>Tokens end: an expired one opens no door, and a fresh one is had by the refresh token while that lasts.</summary>
public sealed class ExpiryTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private HubApp _app = null!;
    private Person _ann = null!;

    public async Task InitializeAsync()
    {
        _app = new HubApp(services: services => services.AddSingleton<TimeProvider>(_time));
        _ann = await _app.GuestAsync();
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task An_expired_access_token_opens_neither_http_nor_the_hub()
    {
        await _ann.Http.GetAsync("/api/accounts/me").ReadAsync<User>();

        _time.Jump(TimeSpan.FromSeconds(_ann.Session.ExpiresInSeconds + 1));

        await _ann.Http.GetAsync("/api/accounts/me").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
        await Assert.ThrowsAsync<WebSocketException>(() => _ann.ConnectAsync());
    }

    [Fact]
    public async Task A_token_that_has_opened_the_hub_before_ends_all_the_same()
    {
        await using (await _ann.ConnectAsync())
        await using (await _ann.ConnectAsync())
            _time.Jump(TimeSpan.FromSeconds(_ann.Session.ExpiresInSeconds + 1));

        await Assert.ThrowsAsync<WebSocketException>(() => _ann.ConnectAsync());
    }

    [Fact]
    public async Task The_refresh_token_outlives_the_access_token_but_not_for_ever()
    {
        _time.Jump(TimeSpan.FromDays(1));
        var renewed = await RefreshAsync().ReadAsync<Session>();
        await new Person(_app, renewed).Http.GetAsync("/api/accounts/me").ReadAsync<User>();

        _time.Jump(TimeSpan.FromDays(100));

        await RefreshAsync().RefusedAsync(HttpStatusCode.Unauthorized, "auth.expired");
    }

    private Task<HttpResponseMessage> RefreshAsync() =>
        _app.Http.PostAsJsonAsync("/api/accounts/refresh", new { refreshToken = _ann.Session.RefreshToken });
}
