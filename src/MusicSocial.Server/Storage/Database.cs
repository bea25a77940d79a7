using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace MusicSocial.Server.Storage;

/// <summary>
/// The one way to the stored truth. Reads run side by side on pooled connections; writes that arrive together share one
/// commit and are acknowledged only when it is durable.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly DbDataSource _readers;
    private readonly GroupCommit _writer;

    static Database() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    public Database(IOptions<StorageOptions> options, TimeProvider time, ILogger<Database> logger)
    {
        SqliteLibrary.Use();
        Directory.CreateDirectory(options.Value.Folder);
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(options.Value.Folder, "musicsocial.db"),
            ForeignKeys = true,
            Pooling = true,
            DefaultTimeout = 30,
        }.ToString();
        _readers = SqliteFactory.Instance.CreateDataSource(connectionString);

        var writing = new SqliteConnection(connectionString);
        try
        {
            writing.Open();
            // FULL: an acknowledged write survives a power cut too, not only kill -9; group commit pays for it.
            writing.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;");
            Migrations.Apply(writing, time, logger);
        }
        catch
        {
            writing.Dispose();
            throw;
        }

        _writer = new GroupCommit(writing, options.Value.MaxPendingWrites);
    }

    /// <summary>Runs a query on a connection of its own.</summary>
    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await _readers.OpenConnectionAsync(cancellationToken);
        return await read(connection);
    }

    /// <summary>
    /// Runs a write; the task completes when it is durable. It sees all earlier writes; when it throws, only its own changes
    /// are undone. Once begun it is not cancelled: an abandoned caller must not tear others' commit.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> write, CancellationToken cancellationToken) =>
        _writer.WriteAsync(write, cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<DbConnection, Task> write, CancellationToken cancellationToken) =>
        WriteAsync(
            async connection =>
            {
                await write(connection);
                return true;
            },
            cancellationToken);

    /// <summary>Throws when the database does not answer.</summary>
    public Task PingAsync(CancellationToken cancellationToken) =>
        ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT 1"), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _readers.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }
}
