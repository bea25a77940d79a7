using System.Collections.Concurrent;
using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Tests.Storage;

/// <summary>How the embedded database's writes are committed.</summary>
public sealed class GroupCommitTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private Database _database = null!;

    public async Task InitializeAsync()
    {
        _database = TestStores.Open(new StorageOptions { Data = _folder.Path });
        await _database.WriteAsync(connection => connection.ExecuteAsync("CREATE TABLE things (name TEXT NOT NULL)"), CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_write_runs_on_the_one_thread_of_the_writer_and_none_on_the_pool()
    {
        var threads = new ConcurrentBag<(int Id, bool IsOfPool)>();

        // One after the other, so that the writer waits in between: what comes after the wait is where it runs.
        for (var i = 0; i < 20; i++)
        {
            await _database.WriteAsync(
                connection =>
                {
                    threads.Add((Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread));
                    return connection.ExecuteAsync("INSERT INTO things (name) VALUES ('one')");
                },
                CancellationToken.None);
        }

        Assert.False(Assert.Single(threads.Distinct()).IsOfPool);
    }

    [Fact]
    public async Task A_writer_that_is_disposed_of_commits_what_was_taken()
    {
        var writes = Enumerable.Range(0, 100)
            .Select(_ => _database.WriteAsync(connection => connection.ExecuteAsync("INSERT INTO things (name) VALUES ('one')"), CancellationToken.None))
            .ToList();
        await _database.DisposeAsync();
        await Task.WhenAll(writes);

        _database = TestStores.Open(new StorageOptions { Data = _folder.Path });
        Assert.Equal(100, await _database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM things"), CancellationToken.None));
    }
}
