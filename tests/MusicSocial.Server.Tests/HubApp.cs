using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MusicSocial.Server.Tests;

/// <summary>
/// The whole hub on a loopback port of its own with an empty data folder: tests come in by the doors users come by.
/// Give a folder to start again on what an earlier instance left.
/// </summary>
internal sealed class HubApp : WebApplicationFactory<Program>
{
    private readonly TempFolder? _ownFolder;
    private readonly Dictionary<string, string?> _settings;
    private readonly Action<IServiceCollection>? _services;

    public HubApp(string? dataFolder = null, Dictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null)
    {
        _ownFolder = dataFolder is null ? new TempFolder() : null;
        DataFolder = dataFolder ?? _ownFolder!.Path;
        _settings = settings ?? [];
        _services = services;
        UseKestrel(0);
        StartServer();
        Http = CreateClient();
    }

    public string DataFolder { get; }

    /// <summary>A stranger's client.</summary>
    public HttpClient Http { get; }

    public Uri Address => ClientOptions.BaseAddress;

    /// <summary>Signs a new guest in.</summary>
    public async Task<Person> GuestAsync(string displayName = "Ann")
    {
        using var answer = await Http.PostAsJsonAsync("/api/accounts/guest", new { displayName }, WireJson.Options);
        answer.EnsureSuccessStatusCode();
        return new Person(this, (await answer.Content.ReadFromJsonAsync<Session>(WireJson.Options))!);
    }

    /// <summary>Signs somebody with an account in.</summary>
    public async Task<Person> MemberAsync(string handle)
    {
        using var answer = await Http.PostAsJsonAsync(
            "/api/accounts", new { handle, password = "correct horse battery", displayName = handle }, WireJson.Options);
        answer.EnsureSuccessStatusCode();
        return new Person(this, (await answer.Content.ReadFromJsonAsync<Session>(WireJson.Options))!);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Data", DataFolder);
        builder.UseSetting("Music", Directory.CreateDirectory(Path.Combine(DataFolder, "music")).FullName);
        // Most tests have no use for it, and a track would change under those that compare it.
        builder.UseSetting("Catalog:MeasureLoudness", "false");
        builder.UseSetting("Lyrics:CheckFonts", "false");
        // Tests make operators where they need one.
        builder.UseSetting("Accounts:FirstIsOperator", "false");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        foreach (var (key, value) in TestStores.SettingsOf(DataFolder, isInRealTime: _services is null))
            builder.UseSetting(key, value);
        foreach (var (key, value) in _settings)
            builder.UseSetting(key, value);
        if (_services is not null)
            builder.ConfigureServices(_services);
    }

    public override async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await base.DisposeAsync();
        if (_ownFolder is null)
            return;
        await TestStores.ForgetAsync(DataFolder);
        _ownFolder.Dispose();
    }
}
