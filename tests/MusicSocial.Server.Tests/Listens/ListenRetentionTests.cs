using Dapper;
using MusicSocial.Server.Listens;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Tests.Listens;

public sealed class ListenRetentionTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private Database _database = null!;

    public async Task InitializeAsync()
    {
        _database = TestStores.Open(_folder.Path);
        await _database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync(
                    "INSERT INTO users (id, handle, handle_key, display_name, guest, security_stamp, created_at_ms) VALUES ('ann', 'ann', 'ann', 'Ann', 0, '', 0)");
                for (var atMs = 1_000; atMs <= 5_000; atMs += 1_000)
                {
                    await connection.ExecuteAsync(
                        """
                        INSERT INTO listens (id, user_id, track_key, title, artist, started_at_ms, counted_at_ms)
                        VALUES (@id, 'ann', 'key', 'Title', 'Artist', @atMs, @atMs)
                        """,
                        new { id = Ids.New(atMs), atMs });
                }
            },
            CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        await TestStores.ForgetAsync(_folder.Path);
        _folder.Dispose();
    }

    [Fact]
    public async Task The_oldest_go_first_and_those_from_the_time_on_stay()
    {
        var listens = new ListenStore(_database);

        Assert.Equal(2, await listens.RemoveBeforeAsync(4_000, limit: 2, CancellationToken.None));
        Assert.Equal(1, await listens.RemoveBeforeAsync(4_000, limit: 2, CancellationToken.None));

        var kept = await _database.ReadAsync(
            connection => connection.QueryAsync<long>("SELECT counted_at_ms FROM listens ORDER BY id"), CancellationToken.None);
        Assert.Equal([4_000, 5_000], kept);
    }
}
