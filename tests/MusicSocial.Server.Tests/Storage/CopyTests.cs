using System.Net.Http.Headers;
using System.Net.Http.Json;
using MusicSocial.Server.CommandLine;
using MusicSocial.Server.Tests.Catalog;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Storage;

/// <summary>An embedded hub moves to PostgreSQL and its people notice nothing.</summary>
public sealed class CopyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_copied_hub_goes_on_where_the_embedded_one_stopped()
    {
        Person ann;
        Comment comment;
        await using (var embedded = new HubApp(_folder.Path, Embedded()))
        {
            ann = await embedded.GuestAsync();
            var track = await embedded.AddTrackAsync();
            comment = await ann.Http.PostAsJsonAsync($"/api/tracks/{track.Id}/comments", new { text = "before the move" }, WireJson.Options).ReadAsync<Comment>();
        }

        var postgres = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();

        Assert.Equal(0, await CopyCommand.RunAsync(["--from", _folder.Path, "--to", postgres]));

        await using var moved = new HubApp(settings: new() { ["Postgres"] = postgres, ["Music"] = Path.Combine(_folder.Path, "music") });
        moved.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ann.Session.AccessToken);
        Assert.Equal(ann.User, await moved.Http.GetAsync("/api/accounts/me").ReadAsync<User>());
        var page = await moved.Http.GetAsync($"/api/tracks/{comment.TrackId}/comments").ReadAsync<CommentPage>();
        Assert.Equal([comment], page.Items);
        Assert.Equal(1, page.Total);
    }

    [Fact]
    public async Task A_target_that_holds_something_is_refused_and_left_alone()
    {
        await using (var embedded = new HubApp(_folder.Path, Embedded()))
            await embedded.GuestAsync();
        var postgres = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        Assert.Equal(0, await CopyCommand.RunAsync(["--from", _folder.Path, "--to", postgres]));

        await Assert.ThrowsAsync<CannotStartException>(() => CopyCommand.RunAsync(["--from", _folder.Path, "--to", postgres]));
    }

    [Fact]
    public async Task A_folder_without_a_hub_is_refused_and_left_empty()
    {
        await Assert.ThrowsAsync<CannotStartException>(() => CopyCommand.RunAsync(["--from", _folder.Path, "--to", "Host=127.0.0.1"]));

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private static Dictionary<string, string?> Embedded() => new() { ["Postgres"] = null };
}
