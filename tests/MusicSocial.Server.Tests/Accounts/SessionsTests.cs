using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Tests.Accounts;

[Trait("Stores", "both")]
public sealed class SessionsTests(AccountsHub hub) : IClassFixture<AccountsHub>
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task A_refresh_token_is_good_once_and_a_second_use_ends_the_session()
    {
        var first = await NewAsync();
        var second = await RenewAsync(first.RefreshToken).ReadAsync<Session>();

        await RenewAsync(first.RefreshToken).RefusedAsync(HttpStatusCode.Unauthorized, "auth.expired");

        await RenewAsync(second.RefreshToken).RefusedAsync(HttpStatusCode.Unauthorized, "auth.expired");
        await As(second).GetAsync("/api/accounts/me").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
    }

    [Fact]
    public async Task A_renewal_whose_answer_was_lost_is_asked_for_again_under_the_same_name()
    {
        var first = await NewAsync();
        await RenewAsync(first.RefreshToken, "renewal-1").ReadAsync<Session>();

        var again = await RenewAsync(first.RefreshToken, "renewal-1").ReadAsync<Session>();

        var next = await RenewAsync(again.RefreshToken, "renewal-2").ReadAsync<Session>();
        // Two renewals later the first token is a stolen one, whatever it is called.
        await RenewAsync(first.RefreshToken, "renewal-1").RefusedAsync(HttpStatusCode.Unauthorized, "auth.expired");
        await RenewAsync(next.RefreshToken, "renewal-3").RefusedAsync(HttpStatusCode.Unauthorized, "auth.expired");
    }

    [Fact]
    public async Task Logging_out_ends_tokens_and_connections_at_once()
    {
        var session = await NewAsync();
        var person = new Person(hub.App, session);
        await using var client = await HubClient.ConnectAsync(person);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Connection.Closed += _ => Task.FromResult(closed.TrySetResult());

        Assert.Equal(HttpStatusCode.NoContent, (await person.Http.PostAsync("/api/accounts/logout", null)).StatusCode);

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await person.Http.GetAsync("/api/accounts/me").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
        await RenewAsync(session.RefreshToken).RefusedAsync(HttpStatusCode.Unauthorized, "auth.expired");
        await Assert.ThrowsAnyAsync<Exception>(() => person.ConnectAsync());
    }

    [Fact]
    public async Task Sessions_are_listed_and_ended_one_by_one_or_all_others()
    {
        var (phone, laptop, lost) = await ThreeDevicesAsync();

        var listed = await As(phone).GetAsync("/api/accounts/sessions").ReadAsync<Page<SessionView>>();
        Assert.Equal(3, listed.Items.Count);
        var mine = Assert.Single(listed.Items, session => session.Current);
        Assert.Equal("a phone", mine.Device);
        Assert.InRange(mine.UsedAtMs, mine.CreatedAtMs, mine.CreatedAtMs + 60_000);

        var stolen = Assert.Single(listed.Items, session => session.Device == "a lost laptop");
        await As(laptop).DeleteAsync($"/api/accounts/sessions/{stolen.Id}");
        await As(lost).GetAsync("/api/accounts/me").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
        await As(laptop).DeleteAsync($"/api/accounts/sessions/{stolen.Id}").RefusedAsync(HttpStatusCode.NotFound, "session.not_found");

        await As(phone).DeleteAsync("/api/accounts/sessions");
        await As(laptop).GetAsync("/api/accounts/me").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
        await As(phone).GetAsync("/api/accounts/me").ReadAsync<User>();
    }

    [Fact]
    public async Task Others_sessions_are_not_there()
    {
        var (mine, theirs) = (await NewAsync(), await NewAsync());
        var listed = await As(theirs).GetAsync("/api/accounts/sessions").ReadAsync<Page<SessionView>>();

        await As(mine).DeleteAsync($"/api/accounts/sessions/{listed.Items[0].Id}").RefusedAsync(HttpStatusCode.NotFound, "session.not_found");

        await As(theirs).GetAsync("/api/accounts/me").ReadAsync<User>();
    }

    [Fact]
    public async Task A_new_password_ends_every_other_session_and_this_one_goes_on()
    {
        var (phone, laptop, _) = await ThreeDevicesAsync();
        await ChangeAsync(phone, "not it", "another good password").RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
        await ChangeAsync(phone, Password, "iloveyou").RefusedAsync(HttpStatusCode.BadRequest, "account.password_weak");

        var renewed = await ChangeAsync(phone, Password, "another good password").ReadAsync<Session>();

        await As(laptop).GetAsync("/api/accounts/me").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
        await RenewAsync(laptop.RefreshToken).RefusedAsync(HttpStatusCode.Unauthorized, "auth.expired");
        await RenewAsync(renewed.RefreshToken).ReadAsync<Session>();
        await LogInAsync(phone.User.Handle, Password, "a phone").RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
        await LogInAsync(phone.User.Handle, "another good password", "a phone").ReadAsync<Session>();
    }

    [Fact]
    public async Task A_hash_that_is_renewed_late_does_not_bring_the_old_password_back()
    {
        var session = await NewAsync();
        var store = hub.App.Services.GetRequiredService<AccountStore>();
        var read = (await store.FindByIdAsync(session.User.Id, default))!;
        await ChangeAsync(session, Password, "another good password").ReadAsync<Session>();

        await store.RehashPasswordAsync(read, "the old password, hashed anew", default);

        await LogInAsync(session.User.Handle, "another good password", "a phone").ReadAsync<Session>();
    }

    [Fact]
    public async Task A_guest_becomes_an_account_and_stays_who_they_are()
    {
        var guest = await hub.App.GuestAsync("Ann");
        var taken = await NewAsync();
        var handle = NewHandle();
        await UpgradeAsync(guest.Http, taken.User.Handle).RefusedAsync(HttpStatusCode.Conflict, "account.handle_taken");

        var account = await UpgradeAsync(guest.Http, handle).ReadAsync<Session>();

        Assert.Equal(guest.User with { Handle = handle, Guest = false }, account.User);
        Assert.Equal(account.User, (await LogInAsync(handle, Password, "a phone").ReadAsync<Session>()).User);
        Assert.Equal(account.User, await As(taken).GetAsync($"/api/users/{handle}").ReadAsync<User>());
        await UpgradeAsync(As(account), NewHandle()).RefusedAsync(HttpStatusCode.Conflict, "account.not_guest");
    }

    [Fact]
    public async Task What_ended_stays_ended_over_a_restart()
    {
        using var folder = new TempFolder();
        Session session;
        await using (var before = new HubApp(folder.Path))
        {
            var guest = await before.GuestAsync();
            session = guest.Session;
            await guest.Http.PostAsync("/api/accounts/logout", null);
        }

        await using var after = new HubApp(folder.Path);

        await new Person(after, session).Http.GetAsync("/api/accounts/me").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
    }

    private static string NewHandle() => "u" + Guid.CreateVersion7().ToString("N")[^20..];

    private HttpClient As(Session session) => new Person(hub.App, session).Http;

    private async Task<Session> NewAsync() => (await hub.App.MemberAsync(NewHandle())).Session;

    private async Task<(Session Phone, Session Laptop, Session Lost)> ThreeDevicesAsync()
    {
        var handle = NewHandle();
        using var registered = await hub.App.Http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/accounts")
        {
            Content = JsonContent.Create(new { handle, password = Password }),
            Headers = { { "User-Agent", "a phone" } },
        });
        return (
            await Task.FromResult(registered).ReadAsync<Session>(),
            await LogInAsync(handle, Password, "a laptop").ReadAsync<Session>(),
            await LogInAsync(handle, Password, "a lost laptop").ReadAsync<Session>());
    }

    private Task<HttpResponseMessage> LogInAsync(string handle, string password, string device) =>
        hub.App.Http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/accounts/login")
        {
            Content = JsonContent.Create(new { handle, password }),
            Headers = { { "User-Agent", device } },
        });

    private Task<HttpResponseMessage> RenewAsync(string refreshToken, string? commandId = null) =>
        hub.App.Http.PostAsJsonAsync("/api/accounts/refresh", new { refreshToken, commandId });

    private Task<HttpResponseMessage> ChangeAsync(Session session, string current, string next) =>
        As(session).PutAsJsonAsync("/api/accounts/password", new { current, next });

    private static Task<HttpResponseMessage> UpgradeAsync(HttpClient http, string handle) =>
        http.PostAsJsonAsync("/api/accounts/upgrade", new { handle, password = Password });
}

/// <summary>A hub shared by the tests of a class, whose people sign in as often as the tests like.</summary>
public sealed class AccountsHub : IAsyncLifetime
{
    internal HubApp App { get; } = new(settings: new() { ["Limits:SignInsOfNetwork:Burst"] = "10000" });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await App.DisposeAsync();
}
