using System.Data.Common;
using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Tests.Storage;

[Trait("Stores", "both")]
public sealed class DatabaseTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private Database _database = null!;

    public async Task InitializeAsync()
    {
        _database = Open();
        await _database.WriteAsync(
            connection => connection.ExecuteAsync("CREATE TABLE things (name TEXT NOT NULL PRIMARY KEY)"), CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        await TestStores.ForgetAsync(_folder.Path);
        _folder.Dispose();
    }

    [Fact]
    public async Task Writes_made_together_are_all_there()
    {
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(number => AddAsync($"thing {number}")));

        Assert.Equal(1000, await CountAsync());
    }

    [Fact]
    public async Task A_write_that_fails_takes_nobody_down_with_it()
    {
        var writes = Enumerable.Range(0, 50).Select(number => AddAsync(number % 2 == 0 ? $"thing {number}" : "the same")).ToList();

        var failures = await Task.WhenAll(writes.Select(async write =>
        {
            try
            {
                await write;
                return 0;
            }
            catch (DbException)
            {
                return 1;
            }
        }));

        Assert.Equal(24, failures.Sum());
        Assert.Equal(26, await CountAsync());
    }

    [Fact]
    public async Task A_write_that_fails_halfway_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _database.WriteAsync<int>(
            async connection =>
            {
                await connection.ExecuteAsync("INSERT INTO things (name) VALUES ('half')");
                throw new InvalidOperationException("on purpose");
            },
            CancellationToken.None));

        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_schema_from_the_future_is_refused_with_a_clear_message()
    {
        await _database.WriteAsync(
            connection => connection.ExecuteAsync("INSERT INTO schema_migrations (number, name, applied_at_ms) VALUES (9999, 'future', 0)"),
            CancellationToken.None);

        var refusal = Assert.Throws<InvalidOperationException>(() => Open());

        Assert.Contains("schema 9999", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("knows only schema", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_again_applies_no_migration_twice()
    {
        await using var again = Open();

        var numbers = await again.ReadAsync(
            connection => connection.QueryAsync<int>("SELECT number FROM schema_migrations ORDER BY number"), CancellationToken.None);

        Assert.Equal(numbers.Distinct(), numbers);
    }

    private Database Open() => TestStores.Open(_folder.Path);

    private Task AddAsync(string name) =>
        _database.WriteAsync(connection => connection.ExecuteAsync("INSERT INTO things (name) VALUES (@name)", new { name }), CancellationToken.None);

    private Task<long> CountAsync() =>
        _database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM things"), CancellationToken.None);
}
