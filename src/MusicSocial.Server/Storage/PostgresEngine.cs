using System.Data;
using System.Data.Common;
using MusicSocial.Server.Api;
using Npgsql;

namespace MusicSocial.Server.Storage;

/// <summary>
/// A PostgreSQL server that many nodes write to at the same time. Each write is a transaction of its own; the server lets those
/// that commit together share a flush (docs/adr/0009-postgresql.md).
/// </summary>
internal sealed partial class PostgresEngine : IEngine
{
    /// <summary>Times a write is run again after a conflict with another one before its caller is refused with a code that may be retried.</summary>
    private const int MaxRetries = 10;

    // Defaults under the operator's connection string. A server that does not answer is noticed in seconds; a node that stalls
    // in the middle of a write loses its locks after as many.
    private const string Defaults =
        "Application Name=MusicSocial;Maximum Pool Size=40;Max Auto Prepare=100;Timeout=3;Command Timeout=5;Cancellation Timeout=500;" +
        "Options='-c idle_in_transaction_session_timeout=5s';";

    private static readonly TimeSpan TurnTimeout = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource _source;
    private readonly SemaphoreSlim _writers;
    private readonly ILogger _logger;
    private readonly int _maxPending;
    private int _pending;
    private int _away;

    public PostgresEngine(StorageOptions options, TimeProvider time, ILogger logger)
    {
        var settings = Settings(options);
        _logger = logger;
        _maxPending = options.MaxPendingWrites;
        // Half of the pool: reading goes on while many wait to write.
        _writers = new SemaphoreSlim(Math.Max(1, settings.MaxPoolSize / 2));
        _source = NpgsqlDataSource.Create(settings);
        try
        {
            using var connection = _source.OpenConnection();
            Migrations.Apply(connection, Dialect, time, logger);
        }
        catch (Exception exception)
        {
            _source.Dispose();
            if (exception is NpgsqlException and not PostgresException)
                throw new InvalidOperationException($"PostgreSQL at {settings.Host}:{settings.Port} cannot be used: {exception.Message}", exception);
            throw;
        }
    }

    public Dialect Dialect => Dialect.Postgres;

    /// <summary>The connection string as it is used: the operator's settings over our defaults.</summary>
    public static NpgsqlConnectionStringBuilder Settings(StorageOptions options) => new(Defaults + options.Postgres);

    public DbConnection Open() => _source.OpenConnection();

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await _source.OpenConnectionAsync(cancellationToken);
                var result = await read(connection);
                NoteAnswer();
                return result;
            }
            catch (NpgsqlException exception) when (attempt == 1 && PostgresFailure.IsStaleConnection(exception))
            {
                // A pooled connection whose server was restarted meanwhile: the next one is new.
            }
            catch (NpgsqlException exception) when (PostgresFailure.ToRefusal(exception) is { } refusal)
            {
                NoteFailure(refusal, exception);
                throw new RefusedException(refusal);
            }
        }
    }

    public async Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Increment(ref _pending) > _maxPending)
        {
            Interlocked.Decrement(ref _pending);
            throw new RefusedException(Refusals.ServerBusy);
        }

        try
        {
            if (!await _writers.WaitAsync(TurnTimeout, cancellationToken))
                throw new RefusedException(Refusals.ServerBusy);
            try
            {
                return await RunAsync(write);
            }
            finally
            {
                _writers.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    private async Task<T> RunAsync<T>(Func<DbConnection, Task<T>> write)
    {
        for (var attempt = 1; ; attempt++)
        {
            var committing = false;
            try
            {
                await using var connection = await _source.OpenConnectionAsync(CancellationToken.None);
                await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, CancellationToken.None);
                var result = await write(connection);
                committing = true;
                await transaction.CommitAsync(CancellationToken.None);
                NoteAnswer();
                return result;
            }
            catch (PostgresException exception) when (attempt < MaxRetries && PostgresFailure.IsConflict(exception))
            {
                // A deadlock or serialisation failure: the server undid all of this write.
            }
            catch (NpgsqlException exception) when (attempt == 1 && !committing && PostgresFailure.IsStaleConnection(exception))
            {
                // As for reads. Once COMMIT was sent its outcome is unknown, so the write is neither repeated nor acknowledged.
            }
            catch (NpgsqlException exception) when (PostgresFailure.ToRefusal(exception) is { } refusal)
            {
                NoteFailure(refusal, exception);
                throw new RefusedException(refusal);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _writers.Dispose();
        return _source.DisposeAsync();
    }

    private void NoteFailure(Refusal refusal, Exception exception)
    {
        if (refusal == HubRefusals.Unavailable && Interlocked.Exchange(ref _away, 1) == 0)
            LogAway(exception);
    }

    private void NoteAnswer()
    {
        if (Volatile.Read(ref _away) == 1 && Interlocked.Exchange(ref _away, 0) == 1)
            LogBack();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL does not answer. Calls that need it are refused with hub.unavailable until it answers; clients retry.")]
    private partial void LogAway(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL answers again.")]
    private partial void LogBack();
}
