using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using MusicSocial.Server.CommandLine;
using MusicSocial.Server.Storage;
using MusicSocial.Server.Tests.Catalog;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.CommandLine;

/// <summary>What an operator types, and the one line that says why it cannot be done.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Music => Directory.CreateDirectory(Path.Combine(_folder.Path, "music")).FullName;

    [Fact]
    public async Task Help_lists_every_verb()
    {
        var help = await VerbProcess.RunAsync("--help");

        Assert.Equal(0, help.ExitCode);
        Assert.All(["serve", "scan", "copy", "backup", "restore", "operator", "doctor", "--music", "--urls"], word => Assert.Contains(word, help.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_word_that_is_no_verb_is_not_understood() =>
        Assert.Equal(2, (await VerbProcess.RunAsync("sacn", "--data", _folder.Path)).ExitCode);

    [Fact]
    public async Task A_verb_without_what_it_needs_is_not_understood() =>
        Assert.Equal(2, (await VerbProcess.RunAsync("copy", "--from", _folder.Path)).ExitCode);

    [Fact]
    public void Other_users_of_the_machine_cannot_look_into_the_data_folder()
    {
        if (OperatingSystem.IsWindows())
            return;
        var storage = new StorageOptions { Data = Path.Combine(_folder.Path, "data") };
        Directory.CreateDirectory(storage.Folder);
        File.SetUnixFileMode(storage.Folder, (UnixFileMode)0b111_101_101);

        using var only = DataFolderLock.Take(storage);

        Assert.Equal((UnixFileMode)0b111_101_000, File.GetUnixFileMode(storage.Folder));
    }

    [Fact]
    public async Task A_port_in_use_is_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var start = await VerbProcess.RunAsync("--urls", $"http://{other.LocalEndpoint}", "--data", _folder.Path, "--music", Music);

        Assert.Contains(other.LocalEndpoint.ToString()!, start.AssertRefused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_music_folder_is_one_line()
    {
        var start = await VerbProcess.RunAsync("serve", "--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--music", "/no/such/music");

        Assert.Contains("/no/such/music", start.AssertRefused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_one_line()
    {
        // Root may write anywhere but here.
        var start = await VerbProcess.RunAsync("--urls", "http://127.0.0.1:0", "--data", "/proc/musicsocial", "--music", Music);

        Assert.Contains("/proc/musicsocial", start.AssertRefused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_none_is_one_line()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "musicsocial.db"), new string('x', 8192));

        (await VerbProcess.RunAsync("--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--music", Music)).AssertRefused();
    }

    [Fact]
    public async Task A_second_hub_on_the_same_folder_is_one_line()
    {
        await using var first = await HubProcess.StartAsync(_folder.Path, "--music", Music);

        var second = await VerbProcess.RunAsync("--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--music", Music);

        Assert.Contains("Another hub runs", second.AssertRefused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_postgres_that_refuses_the_user_is_one_line()
    {
        var postgres = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();

        var start = await VerbProcess.RunAsync(
            "--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--music", Music, "--postgres", $"{postgres};Username=no_such_user");

        Assert.Contains("no_such_user", start.AssertRefused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scan_says_what_it_found_and_a_hub_lists_it()
    {
        await File.WriteAllBytesAsync(Path.Combine(Music, "Quiet.wav"), Silence.Wav(seconds: 1));
        File.SetLastWriteTimeUtc(Path.Combine(Music, "Quiet.wav"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        var scan = await VerbProcess.RunAsync("scan", "--data", _folder.Path, "--music", Music);

        Assert.Equal(0, scan.ExitCode);
        Assert.Contains("1 audio files: 1 new or changed", scan.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_of_a_running_hub_is_restored_with_everything_in_it()
    {
        var backup = Path.Combine(_folder.Path, "backup.zip");
        User ann;
        string token;
        await using (var hub = new HubApp(settings: Embedded()))
        {
            var guest = await hub.GuestAsync();
            (ann, token) = (guest.User, guest.Session.AccessToken);
            Assert.Equal(0, await BackupCommand.BackupAsync(["--data", hub.DataFolder, "--to", backup]));
        }

        var restored = Path.Combine(_folder.Path, "restored");
        Assert.Equal(0, await BackupCommand.RestoreAsync(["--data", restored, "--from", backup]));

        await using var again = new HubApp(restored, Embedded());
        again.Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        Assert.Equal(ann, await again.Http.GetAsync("/api/accounts/me").ReadAsync<User>());
        Assert.Contains("holds a hub already", (await VerbProcess.RunAsync("restore", "--data", restored, "--from", backup)).AssertRefused(), StringComparison.Ordinal);
        Assert.Contains("never overwrites", (await VerbProcess.RunAsync("backup", "--data", restored, "--to", backup)).AssertRefused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dump_of_a_shared_hub_is_restored_into_an_empty_database()
    {
        var server = await PostgresServer.SharedAsync();
        var (from, to, dump) = (await server.CreateDatabaseAsync(), await server.CreateDatabaseAsync(), Path.Combine(_folder.Path, "hub.dump"));
        Session ann;
        await using (var hub = new HubApp(settings: new() { ["Postgres"] = from }))
            ann = (await hub.GuestAsync()).Session;

        Assert.Equal(0, (await VerbProcess.RunAsync("backup", "--postgres", from, "--to", dump)).ExitCode);
        Assert.Equal(0, (await VerbProcess.RunAsync("restore", "--postgres", to, "--from", dump)).ExitCode);

        await using var again = new HubApp(settings: new() { ["Postgres"] = to });
        again.Http.DefaultRequestHeaders.Authorization = new("Bearer", ann.AccessToken);
        Assert.Equal(ann.User, await again.Http.GetAsync("/api/accounts/me").ReadAsync<User>());
    }

    [Fact]
    public async Task An_operator_made_on_the_command_line_may_remove_any_comment()
    {
        await using var hub = new HubApp(_folder.Path, Embedded());
        var (author, moderator) = (await hub.GuestAsync(), await hub.MemberAsync("mona"));
        var track = await hub.AddTrackAsync();
        var comment = await author.Http.PostAsJsonAsync($"/api/tracks/{track.Id}/comments", new { text = "rude" }, WireJson.Options).ReadAsync<Comment>();
        Assert.Equal(HttpStatusCode.Forbidden, (await moderator.Http.DeleteAsync($"/api/comments/{comment.Id}")).StatusCode);

        Assert.Equal(0, await OperatorCommand.GrantAsync(["--data", _folder.Path, "--handle", "@mona"]));

        Assert.Equal(HttpStatusCode.NoContent, (await moderator.Http.DeleteAsync($"/api/comments/{comment.Id}")).StatusCode);
        Assert.Contains("No account", (await VerbProcess.RunAsync("operator", "grant", "--data", _folder.Path, "--handle", "nobody-here")).AssertRefused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_finds_nothing_broken_here_and_says_what_is()
    {
        var well = await VerbProcess.RunAsync("doctor", "--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--music", Music);
        var ill = await VerbProcess.RunAsync("doctor", "--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--music", "/no/such/music");

        Assert.Equal(0, well.ExitCode);
        Assert.Equal(1, ill.ExitCode);
        Assert.Contains("x  Music: The music folder /no/such/music does not exist.", ill.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_says_what_is_wrong_with_a_redis()
    {
        var well = await VerbProcess.RunAsync("doctor", "--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--music", Music, "--redis", (await RedisServer.SharedAsync()).Address);
        var away = await VerbProcess.RunAsync("doctor", "--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--music", Music, "--redis", "127.0.0.1:1");

        Assert.Contains("ok Redis:", well.Output, StringComparison.Ordinal);
        Assert.Equal(1, away.ExitCode);
        Assert.Contains("x  Redis: it cannot be used", away.Output, StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> Embedded() => new() { ["Postgres"] = "", ["Redis"] = "" };
}
