using System.Net.Http.Json;
using System.Xml.Linq;
using Dapper;
using MusicSocial.Server.Tests.CommandLine;

namespace MusicSocial.Server.Tests.Accounts;

[Trait("Stores", "both")]
public sealed class KeySealTests : IAsyncLifetime
{
    private const string Secret = "a secret of thirty-two characters";
    private const string Next = "another secret, as long as the first one";

    private readonly TempFolder _folder = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await TestStores.ForgetAsync(_folder.Path);
        _folder.Dispose();
    }

    [Fact]
    public async Task Keys_are_sealed_from_the_start_on_which_a_secret_is_configured_and_tokens_stay_good()
    {
        var session = await RunAsync(secret: null, earlier: null, before: null);
        Assert.All(await KeysAsync(), key => Assert.Contains("masterKey", key, StringComparison.Ordinal));

        session = await RunAsync(Secret, earlier: null, session);

        Assert.All(await KeysAsync(), key => Assert.DoesNotContain("masterKey", key, StringComparison.Ordinal));
        await RunAsync(Secret, earlier: null, session);
    }

    [Fact]
    public async Task A_secret_is_changed_by_naming_the_one_before_once()
    {
        var session = await RunAsync(Secret, earlier: null, before: null);

        session = await RunAsync(Next, earlier: Secret, session);

        await RunAsync(Next, earlier: null, session);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Next)]
    [InlineData("too short")]
    public async Task Without_its_secret_a_hub_does_not_start_and_leaves_the_keys_alone(string wrong)
    {
        var session = await RunAsync(Secret, earlier: null, before: null);

        string[] settings = ["--data", _folder.Path, "--urls", "http://127.0.0.1:0", "--Postgres", TestStores.SettingsOf(_folder.Path).GetValueOrDefault("Postgres", "")];
        var refused = await VerbProcess.RunAsync(["serve", .. settings, "--KeySecret", wrong]);

        Assert.Contains("KeySecret", refused.AssertRefused(), StringComparison.Ordinal);
        await RunAsync(Secret, earlier: null, session);
    }

    [Fact]
    public async Task Keys_and_database_are_for_the_hubs_user_alone()
    {
        // An embedded hub, whatever the others of this class are.
        await using var app = new HubApp(_folder.Path, new() { ["Postgres"] = "" });
        await app.GuestAsync();

        var files = Directory.GetFiles(_folder.Path, "musicsocial.db*").Concat(Directory.GetFiles(Path.Combine(_folder.Path, "keys"))).ToList();

        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        Assert.All(files, file => Assert.Equal((file, UnixFileMode.UserRead | UnixFileMode.UserWrite), (file, new FileInfo(file).UnixFileMode)));
    }

    private HubApp Start(string? secret, string? earlier) => new(_folder.Path, new() { ["KeySecret"] = secret, ["EarlierKeySecret"] = earlier });

    /// <summary>Runs the hub; a session of before is still good. A session of now.</summary>
    private async Task<Session> RunAsync(string? secret, string? earlier, Session? before)
    {
        await using var app = Start(secret, earlier);
        if (before is not null)
        {
            await new Person(app, before).Http.GetAsync("/api/accounts/me").ReadAsync<User>();
            return await app.Http.PostAsJsonAsync("/api/accounts/refresh", new { before.RefreshToken }).ReadAsync<Session>();
        }

        return (await app.GuestAsync()).Session;
    }

    private async Task<List<string>> KeysAsync()
    {
        if (!TestStores.AreCluster)
            return [.. Directory.GetFiles(Path.Combine(_folder.Path, "keys"), "*.xml").Select(file => XElement.Load(file).ToString())];
        await using var database = TestStores.Open(_folder.Path);
        return await database.ReadAsync(async connection => (await connection.QueryAsync<string>("SELECT xml FROM data_protection_keys")).ToList(), default);
    }
}
