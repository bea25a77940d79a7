using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using MusicSocial.Server.Tests.Catalog;
using MusicSocial.TestRig;
using Npgsql;

namespace MusicSocial.Server.Tests.Storage;

/// <summary>PostgreSQL stands still, dies and returns under a running hub.</summary>
public sealed class PostgresOutageTests : IAsyncLifetime
{
    private PostgresServer _postgres = null!;
    private HubApp _app = null!;
    private Person _ann = null!;
    private Track _song = null!;

    public async Task InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        _app = new HubApp(settings: new()
        {
            ["Postgres"] = await _postgres.CreateDatabaseAsync(),
            ["Limits:Comments:PerSecond"] = "100000",
            ["Limits:Comments:Burst"] = "100000",
        });
        _ann = await _app.GuestAsync();
        _song = await _app.AddTrackAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    [Fact]
    public async Task A_database_that_stands_still_is_a_refusal_and_works_on_by_itself()
    {
        await PostAsync("before").ReadAsync<Comment>();

        _postgres.Pause();
        var refusal = await PostAsync("meanwhile").RefusedAsync(HttpStatusCode.ServiceUnavailable, "hub.unavailable");
        var ready = await _app.Http.GetAsync("/readyz");
        _postgres.Resume();

        Assert.True(refusal.GetProperty("retryAfterMs").GetDouble() > 0);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        await Patiently.UntilAsync(() => PostAsync("meanwhile").ReadAsync<Comment>(), "the same comment is taken");
        Assert.Equal(["before", "meanwhile"], (await ReadAllAsync()).Select(comment => comment.Text));
    }

    [Fact]
    public async Task A_node_that_starts_before_its_database_waits_for_it()
    {
        var database = await _postgres.CreateDatabaseAsync();
        await _postgres.KillAsync();
        await using var way = new TcpProxy(() => _postgres.Port);
        var settings = new Dictionary<string, string?> { ["Postgres"] = new NpgsqlConnectionStringBuilder(database) { Port = way.Port }.ToString() };
        var starting = Task.Run(() => new HubApp(settings: settings));
        await Patiently.UntilAsync(() => way.Accepted >= 2, "the node has asked for its database twice");
        Assert.False(starting.IsCompleted);

        await _postgres.StartAgainAsync();

        await using var early = await starting;
        Assert.Equal(HttpStatusCode.OK, (await early.Http.GetAsync("/readyz")).StatusCode);
    }

    [Fact]
    public async Task Comments_acknowledged_around_the_death_of_the_database_are_there_exactly_once()
    {
        var acknowledged = new ConcurrentDictionary<string, string>();
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 8).Select(writer => WriteAsync(writer, acknowledged, enough.Token)).ToList();

        await Patiently.UntilAsync(() => acknowledged.Count >= 100, "comments are written");
        await _postgres.KillAsync();
        await _postgres.StartAgainAsync();
        var before = acknowledged.Count;
        await Patiently.UntilAsync(() => acknowledged.Count >= before + 100, "comments are written again");
        await enough.CancelAsync();
        await Task.WhenAll(writers);

        var history = await ReadAllAsync();
        Assert.Equal(history.Count, history.Select(comment => comment.Text).Distinct().Count());
        Assert.Equal(acknowledged.Values.Order(StringComparer.Ordinal), history.Select(comment => comment.Id));
    }

    // Sends each comment until it is acknowledged, as a client would.
    private async Task WriteAsync(int writer, ConcurrentDictionary<string, string> acknowledged, CancellationToken enough)
    {
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            var key = $"{writer}-{i}";
            await Patiently.UntilAsync(async () => acknowledged[key] = (await PostAsync(key).ReadAsync<Comment>()).Id, "the comment is taken");
        }
    }

    private Task<HttpResponseMessage> PostAsync(string key) =>
        _ann.Http.PostAsJsonAsync($"/api/tracks/{_song.Id}/comments", new { text = key, clientKey = key }, WireJson.Options);

    private async Task<List<Comment>> ReadAllAsync()
    {
        var all = new List<Comment>();
        string? cursor = null;
        do
        {
            var page = await _app.Http.GetAsync($"/api/tracks/{_song.Id}/comments?order=oldest&limit=200&cursor={cursor}").ReadAsync<CommentPage>();
            all.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }
}
