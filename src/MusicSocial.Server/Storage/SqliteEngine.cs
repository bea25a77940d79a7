using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace MusicSocial.Server.Storage;

/// <summary>The embedded database: one file. SQLite has one writer, so writes that arrive together share its commits.</summary>
internal sealed class SqliteEngine : IEngine
{
    private readonly DbDataSource _readers;
    private readonly GroupCommit _writer;

    public SqliteEngine(StorageOptions options, TimeProvider time, ILogger logger)
    {
        Directory.CreateDirectory(options.Folder);
        CreatePrivate(options.File);
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = options.File,
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
            Migrations.Apply(writing, Dialect, time, logger);
        }
        catch
        {
            writing.Dispose();
            throw;
        }

        _writer = new GroupCommit(writing, options.MaxPendingWrites);
    }

    public Dialect Dialect => Dialect.Sqlite;

    public DbConnection Open() => _readers.OpenConnection();

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await _readers.OpenConnectionAsync(cancellationToken);
        return await read(connection);
    }

    public Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> write, CancellationToken cancellationToken) =>
        _writer.WriteAsync(write, cancellationToken);

    // The files SQLite makes beside the database get its mode.
    private static void CreatePrivate(string file)
    {
        if (OperatingSystem.IsWindows() || File.Exists(file))
            return;
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using var _ = new FileStream(file, options);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _readers.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }
}
