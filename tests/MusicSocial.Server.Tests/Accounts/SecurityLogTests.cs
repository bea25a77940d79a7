using System.Collections.Concurrent;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Tests.Accounts;

public sealed class SecurityLogTests : IAsyncLifetime
{
    private readonly SecurityLines _lines = new();
    private readonly HubApp _app;

    public SecurityLogTests() =>
        _app = new(settings: new() { ["Logging:LogLevel:MusicSocial.Security"] = "Information" }, services: services => services.AddSingleton<ILoggerProvider>(_lines));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task What_happens_to_an_account_is_one_line_each_without_names_secrets_or_texts()
    {
        var ann = await _app.MemberAsync("annie-sings");
        var olga = await _app.MemberAsync("olga");
        await _app.Services.GetRequiredService<AccountStore>().SetOperatorAsync("olga", isOperator: true, default);
        await PostAsync("/api/accounts/login", new { handle = "annie-sings", password = "a wrong guess" });
        await PostAsync("/api/accounts/login", new { handle = "my secret password", password = "annie-sings" });
        await ann.Http.PutAsJsonAsync("/api/accounts/password", new { current = "correct horse battery", next = "another good password" });
        await PostAsync("/api/accounts/recover", new { handle = "annie-sings", code = ann.Session.RecoveryCodes![0], password = "a third password" });
        await olga.Http.PostAsJsonAsync("/api/admin/users/annie-sings/suspend", new { reason = "shouting in rooms" });

        Assert.Equal(
            ["SignedIn", "RecoveryCodesMade", "SignInRefused", "PasswordChanged", "Recovered", "SessionEnded", "SignedIn", "Suspended", "SessionEnded"],
            _lines.All.Where(line => line.Text.Contains(ann.User.Id, StringComparison.Ordinal)).Select(line => line.Name));
        Assert.Contains(_lines.All, line => line.Name == "SignInRefused" && line.Text.Contains("unknown", StringComparison.Ordinal));
        string[] secrets = ["annie", "olga", "secret", "guess", "horse", "shouting", ann.Session.RefreshToken, ann.Session.RecoveryCodes[0]];
        Assert.DoesNotContain(_lines.All, line => secrets.Any(secret => line.Text.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    private Task<HttpResponseMessage> PostAsync(string path, object body) => _app.Http.PostAsJsonAsync(path, body);
}

/// <summary>What was logged about accounts.</summary>
internal sealed class SecurityLines : ILoggerProvider
{
    private readonly ConcurrentQueue<(string? Name, string Text)> _lines = new();

    public IReadOnlyList<(string? Name, string Text)> All => [.. _lines];

    public ILogger CreateLogger(string categoryName) => new Lines(categoryName == "MusicSocial.Security" ? _lines : null);

    public void Dispose()
    {
    }

    private sealed class Lines(ConcurrentQueue<(string? Name, string Text)>? lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => lines is not null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines?.Enqueue((eventId.Name, formatter(state, exception)));
    }
}
