using System.Data;
using System.Data.Common;
using MusicSocial.Server.Hosting;
using Npgsql;

namespace MusicSocial.Server.Storage;

/// <summary>
/// A PostgreSQL server that many nodes write to at the same time. Each write is a transaction of its own; the server lets those
/// that commit together share a flush (docs/adr/0009-postgresql.md).
/// </summary>
internal sealed partial class PostgresEngine : IEngine
{
    /// <summary>Times a write that met another one is run again before its caller is told to try later.</summary>
    private const int MaxMeetings = 10;

    // What the connection string does not say. A server that does not answer is noticed in seconds; a node that stands still
    // in the middle of a write loses its locks in as many.
    private const string Defaults =
        "Application Name=MusicSocial;Maximum Pool Size=40;Max Auto Prepare=100;Timeout=3;Command Timeout=5;Cancellation Timeout=500;" +
        "Options='-c idle_in_transaction_session_timeout=5s';";

    private static readonly TimeSpan LanePatience = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource _source;
    private readonly SemaphoreSlim _lanes;
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
        _lanes = new SemaphoreSlim(Math.Max(1, settings.MaxPoolSize / 2));
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

    /// <summary>The connection string as it is used: what the operator wrote, over our defaults.</summary>
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
            if (!await _lanes.WaitAsync(LanePatience, cancellationToken))
                throw new RefusedException(Refusals.ServerBusy);
            try
            {
                return await RunAsync(write);
            }
            finally
            {
                _lanes.Release();
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
            catch (PostgresException exception) when (attempt < MaxMeetings && PostgresFailure.IsMeeting(exception))
            {
                // Two writes waited for each other and the server undid this one: nothing of it was kept.
            }
            catch (NpgsqlException exception) when (attempt == 1 && !committing && PostgresFailure.IsStaleConnection(exception))
            {
                // As for reads. Once COMMIT was sent nobody knows how it ended, so it is neither repeated nor acknowledged.
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
        _lanes.Dispose();
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

    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL does not answer; what needs it is refused until it does.")]
    private partial void LogAway(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL answers again.")]
    private partial void LogBack();
}
