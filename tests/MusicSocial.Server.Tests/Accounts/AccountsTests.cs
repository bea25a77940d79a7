using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Tests.Accounts;

[Trait("Stores", "both")]
public sealed class AccountsTests : IAsyncLifetime
{
    // No guess is ever earned back: the throttle test does not depend on how fast the machine is.
    private readonly HubApp _app = new(settings: new() { ["Limits:SignIns:PerSecond"] = "0.0001" });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_guest_is_one_call_away_and_is_who_the_token_says()
    {
        var ann = await _app.GuestAsync("Ann");
        Assert.True(ann.User.Guest);

        var me = await ann.Http.GetAsync("/api/accounts/me").ReadAsync<User>();

        Assert.Equal(ann.User, me);
    }

    [Fact]
    public async Task Handles_are_unique_whatever_their_case()
    {
        await RegisterAsync("Melody").ReadAsync<Session>();

        await RegisterAsync("mELODY").RefusedAsync(HttpStatusCode.Conflict, "account.handle_taken");
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("has blank")]
    [InlineData("guest-12345678")]
    [InlineData("-dash")]
    [InlineData("")]
    [InlineData(null)]
    public Task A_handle_that_breaks_the_rule_is_refused(string? handle) =>
        RegisterAsync(handle).RefusedAsync(HttpStatusCode.BadRequest, "account.handle_invalid");

    [Fact]
    public async Task Logging_in_takes_the_right_password_and_any_case_of_the_handle()
    {
        var registered = await RegisterAsync("Robin").ReadAsync<Session>();

        var session = await LogInAsync("ROBIN", "a good password").ReadAsync<Session>();

        Assert.Equal(registered.User, session.User);
        await LogInAsync("robin", "a bad password").RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
        await LogInAsync("nobody", "a good password").RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
    }

    [Fact]
    public async Task A_password_is_the_same_however_a_device_composes_its_characters()
    {
        const string Password = "pässwörd ｏｎｅ ｦ";
        await _app.Http.PostAsJsonAsync("/api/accounts", new { handle = "umlaut", password = Password }).ReadAsync<Session>();

        foreach (var form in new[] { NormalizationForm.FormC, NormalizationForm.FormD, NormalizationForm.FormKC, NormalizationForm.FormKD })
            await LogInAsync("umlaut", Password.Normalize(form)).ReadAsync<Session>();

        await LogInAsync("umlaut", "password one ヲ").RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
        await LogInAsync("umlaut", "half a pair \ud800").RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
    }

    [Theory]
    [InlineData(NormalizationForm.FormC)]
    [InlineData(NormalizationForm.FormD)]
    public async Task A_hash_of_before_passwords_were_composed_still_opens_and_is_renewed(NormalizationForm before)
    {
        const string Password = "pässwörd ﬁve";
        await _app.Http.PostAsJsonAsync("/api/accounts", new { handle = "earlier", password = Password }).ReadAsync<Session>();
        var store = _app.Services.GetRequiredService<AccountStore>();
        var hasher = _app.Services.GetRequiredService<IPasswordHasher<User>>();
        var account = (await store.FindByHandleAsync("earlier", default))!;
        await store.SetPasswordAsync(account with { PasswordHash = hasher.HashPassword(account.User, Password.Normalize(before)) }, default);

        await LogInAsync("earlier", Password.Normalize(NormalizationForm.FormC)).ReadAsync<Session>();

        var renewed = (await store.FindByHandleAsync("earlier", default))!.PasswordHash!;
        Assert.NotEqual(PasswordVerificationResult.Failed, hasher.VerifyHashedPassword(account.User, renewed, Password.Normalize(NormalizationForm.FormKC)));
    }

    [Fact]
    public async Task A_handle_is_the_same_with_and_without_its_at_sign()
    {
        var registered = await RegisterAsync("@Wren").ReadAsync<Session>();
        var reader = await _app.GuestAsync();

        Assert.Equal("Wren", registered.User.Handle);
        Assert.Equal(registered.User, (await LogInAsync("@wren", "a good password").ReadAsync<Session>()).User);
        Assert.Equal(registered.User.Id, (await reader.Http.GetAsync("/api/users/@WREN").ReadAsync<User>()).Id);
    }

    [Fact]
    public async Task Guessing_passwords_is_throttled_and_says_when_to_return()
    {
        await RegisterAsync("target").ReadAsync<Session>();
        for (var i = 0; i < 10; i++)
            await LogInAsync(i % 2 == 0 ? "target" : "@TARGET", $"guess number {i}").RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");

        var problem = await LogInAsync("target", "a good password").RefusedAsync(HttpStatusCode.TooManyRequests, "rate.limited");

        Assert.True(problem.GetProperty("retryAfterMs").GetDouble() > 0);
    }

    [Fact]
    public async Task Logging_in_often_with_the_right_password_is_no_guessing()
    {
        await RegisterAsync("regular").ReadAsync<Session>();

        for (var i = 0; i < 15; i++)
            await LogInAsync("regular", "a good password").ReadAsync<Session>();
    }

    [Fact]
    public async Task A_refresh_token_gets_a_new_session_and_an_access_token_does_not()
    {
        var session = await RegisterAsync("renewing").ReadAsync<Session>();

        var renewed = await RefreshAsync(session.RefreshToken).ReadAsync<Session>();

        Assert.Equal(session.User, renewed.User);
        await RefreshAsync(session.AccessToken).RefusedAsync(HttpStatusCode.Unauthorized, "auth.expired");
        await RefreshAsync("nonsense").RefusedAsync(HttpStatusCode.Unauthorized, "auth.expired");
    }

    [Fact]
    public async Task Tokens_survive_a_restart_of_the_hub()
    {
        using var folder = new TempFolder();
        string token;
        await using (var before = new HubApp(folder.Path))
            token = (await before.GuestAsync()).Session.AccessToken;

        await using var after = new HubApp(folder.Path);
        after.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        Assert.Equal("Ann", (await after.Http.GetAsync("/api/accounts/me").ReadAsync<User>()).DisplayName);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    public async Task Without_a_good_token_one_is_asked_to_sign_in(string? token)
    {
        if (token is not null)
            _app.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        await _app.Http.GetAsync("/api/accounts/me").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_refused_with_a_code()
    {
        using var body = new StringContent("{\"displayName\": ", null, "application/json");

        await _app.Http.PostAsync("/api/accounts/guest", body).RefusedAsync(HttpStatusCode.BadRequest, "request.malformed");
    }

    private Task<HttpResponseMessage> RegisterAsync(string? handle) =>
        _app.Http.PostAsJsonAsync("/api/accounts", new { handle, password = "a good password", displayName = handle });

    private Task<HttpResponseMessage> LogInAsync(string handle, string password) =>
        _app.Http.PostAsJsonAsync("/api/accounts/login", new { handle, password });

    private Task<HttpResponseMessage> RefreshAsync(string refreshToken) =>
        _app.Http.PostAsJsonAsync("/api/accounts/refresh", new { refreshToken });
}
