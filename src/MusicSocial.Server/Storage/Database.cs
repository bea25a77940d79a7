using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Options;

namespace MusicSocial.Server.Storage;

/// <summary>
/// Access to everything that is stored: a SQLite file beside the hub, or a PostgreSQL server that many nodes share. Reads run side by
/// side on pooled connections; writes are acknowledged only when they are durable.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly IEngine _engine;

    static Database() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    public Database(IOptions<StorageOptions> options, TimeProvider time, ILogger<Database> logger) =>
        _engine = options.Value.IsShared
            ? new PostgresEngine(options.Value, time, logger)
            : new SqliteEngine(options.Value, time, logger);

    /// <summary>The SQL fragments in which the two kinds of database differ.</summary>
    public Dialect Dialect => _engine.Dialect;

    /// <summary>Runs a query on a connection of its own.</summary>
    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken) =>
        _engine.ReadAsync(read, cancellationToken);

    /// <summary>
    /// Runs a write; the task completes when it is durable. It sees all writes that were completed before; when it throws, only
    /// its own changes are undone. Once begun it is not cancelled. It may be run again from the start after a conflict
    /// with another write, so it changes nothing but the database.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> write, CancellationToken cancellationToken) =>
        _engine.WriteAsync(write, cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<DbConnection, Task> write, CancellationToken cancellationToken) =>
        WriteAsync(
            async connection =>
            {
                await write(connection);
                return true;
            },
            cancellationToken);

    /// <summary>A connection for synchronous callers, which dispose of it.</summary>
    public DbConnection Open() => _engine.Open();

    /// <summary>Throws when the database does not answer.</summary>
    public Task PingAsync(CancellationToken cancellationToken) =>
        ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT 1"), cancellationToken);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}

/// <summary>A kind of database the hub runs on. <see cref="Database"/> documents what its methods promise.</summary>
internal interface IEngine : IAsyncDisposable
{
    Dialect Dialect { get; }

    DbConnection Open();

    Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken);

    Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> write, CancellationToken cancellationToken);
}
