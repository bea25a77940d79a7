using System.Net;
using System.Net.Http.Json;
using MusicSocial.Server.Limits;

namespace MusicSocial.Server.Tests.Accounts;

/// <summary>What a stranger tries who wants to sign in as another, or to keep the hub busy with sign-ins. No call is ever earned back here.</summary>
[Trait("Stores", "both")]
public sealed class SignInAttackTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private readonly HubApp _app = new(settings: new()
    {
        ["Limits:SignIns:PerSecond"] = "0.0001",
        ["Limits:SignInsOfNetwork:PerSecond"] = "0.0001",
        ["Limits:SignInsOfAccount:PerSecond"] = "0.0001",
        ["Limits:SignInsOfAccount:Burst"] = "15",
    });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task An_account_is_one_account_however_its_handle_is_spelt()
    {
        await _app.MemberAsync("anna");
        string[] spellings = ["anna", " ANNA", "@anna", "@ anna", "@@anna", "@\u2003anna", "\u00a0@\u3000@anna \u2028", "\tanna\n"];
        for (var guess = 0; guess < 10; guess++)
            await LogInAsync(spellings[guess % spellings.Length], $"guess {guess}").RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");

        foreach (var spelling in spellings)
            await LogInAsync(spelling, Password).RefusedAsync(HttpStatusCode.TooManyRequests, "rate.limited");
    }

    [Fact]
    public async Task Guessing_recovery_codes_is_counted_with_guessing_passwords()
    {
        var anna = await _app.MemberAsync("anna");
        for (var guess = 0; guess < 10; guess++)
            await RecoverAsync($"guess {guess}").RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");

        await RecoverAsync(anna.Session.RecoveryCodes![0]).RefusedAsync(HttpStatusCode.TooManyRequests, "rate.limited");
        await LogInAsync("anna", Password, from: null).RefusedAsync(HttpStatusCode.TooManyRequests, "rate.limited");

        Task<HttpResponseMessage> RecoverAsync(string code) =>
            _app.Http.PostAsJsonAsync("/api/accounts/recover", new { handle = "anna", code, password = "another good password" });
    }

    [Fact]
    public async Task One_network_tries_few_accounts_be_they_real_or_not()
    {
        for (var guess = 0; guess < 30; guess++)
            await LogInAsync($"made-up-{guess}", "Summer2026!").RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");

        await LogInAsync("made-up-30", "Summer2026!").RefusedAsync(HttpStatusCode.TooManyRequests, "rate.limited");
        // A neighbour in another network is not held up.
        await LogInAsync("made-up-30", "Summer2026!", from: "198.51.100.7").RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
    }

    [Fact]
    public async Task All_addresses_of_an_IPv6_network_are_one_guesser()
    {
        await _app.MemberAsync("anna");
        for (var guess = 0; guess < 10; guess++)
            await LogInAsync("anna", $"guess {guess}", from: $"2001:db8:1:2::{guess + 1:x}").RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");

        await LogInAsync("anna", "guess", from: "2001:db8:1:2:ffff::1").RefusedAsync(HttpStatusCode.TooManyRequests, "rate.limited");
        await LogInAsync("anna", "guess", from: "2001:db8:1:3::1").RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
    }

    [Fact]
    public async Task Guesses_from_many_networks_are_counted_together_and_the_owner_at_home_still_gets_in()
    {
        await _app.MemberAsync("anna");
        for (var guess = 0; guess < 15; guess++)
            await LogInAsync("anna", $"guess {guess}", from: $"198.51.100.{guess}").RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");

        await LogInAsync("anna", "guess", from: "203.0.113.9").RefusedAsync(HttpStatusCode.TooManyRequests, "rate.limited");
        Assert.Equal("anna", (await LogInAsync("anna", Password, from: null).ReadAsync<Session>()).User.Handle);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("12345678")]
    [InlineData("QWERTYUIOP")]
    [InlineData("        ")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("some.handle")]
    [InlineData("short")]
    public async Task A_password_everyone_tries_first_is_refused(string password)
    {
        using var answer = await _app.Http.PostAsJsonAsync("/api/accounts", new { handle = "some.handle", password });

        await Task.FromResult(answer).RefusedAsync(HttpStatusCode.BadRequest, "account.password_weak");
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", null)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", null)]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48")]
    public void An_address_counts_as_its_network(string address, string name, string? wide) =>
        Assert.Equal(new ClientNetwork(name, wide), ClientNetwork.Of(IPAddress.Parse(address)));

    private async Task<HttpResponseMessage> LogInAsync(string handle, string password, string? from = "192.0.2.1")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/accounts/login") { Content = JsonContent.Create(new { handle, password }) };
        // The tests are a proxy on this machine, which the hub trusts; without the header they are a client on it.
        if (from is not null)
            request.Headers.Add("X-Forwarded-For", from);
        return await _app.Http.SendAsync(request);
    }
}
