using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Dapper;
using MusicSocial.Server.Api;

namespace MusicSocial.Server.Storage;

/// <summary>
/// Gathers the writes that arrive while a commit is on its way to the disk and gives them one transaction, each inside a
/// savepoint of its own. The disk then sets the pace of commits, not of writes.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    /// <summary>Bounds the wait of the first write of a batch; far above what one disk flush gathers in practice.</summary>
    private const int MaxBatch = 512;

    private readonly DbConnection _connection;
    private readonly BlockingCollection<PendingWrite> _pending;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GroupCommit(DbConnection connection, int maxPending)
    {
        _connection = connection;
        _pending = new BlockingCollection<PendingWrite>(maxPending);
        // A thread of its own: SQLite blocks while it flushes, and on a slow disk that would starve the thread pool of timers and sockets.
        new Thread(Run) { Name = "SQLite writer", IsBackground = true }.Start();
    }

    public Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pending = new PendingWrite<T>(write);
        try
        {
            return _pending.TryAdd(pending) ? pending.Completion : throw new RefusedException(Refusals.ServerBusy);
        }
        catch (InvalidOperationException)
        {
            // The hub is stopping: the client finds another node, or this one after its restart.
            throw new RefusedException(Refusals.ServerBusy);
        }
    }

    private void Run()
    {
        var batch = new List<PendingWrite>(MaxBatch);
        foreach (var first in _pending.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (batch.Count < MaxBatch && _pending.TryTake(out var write))
                batch.Add(write);
            Commit(batch);
            batch.Clear();
        }

        _ended.SetResult();
    }

    private void Commit(List<PendingWrite> batch)
    {
        try
        {
            _connection.Execute("BEGIN IMMEDIATE");
            foreach (var write in batch)
                RunInSavepoint(write);
            _connection.Execute("COMMIT");
        }
        catch (Exception exception)
        {
            Abandon();
            foreach (var write in batch)
                write.Fail(exception);
            return;
        }

        foreach (var write in batch)
            write.Acknowledge();
    }

    private void RunInSavepoint(PendingWrite write)
    {
        _connection.Execute("SAVEPOINT one");
        if (!write.TryRun(_connection))
            _connection.Execute("ROLLBACK TO one");
        _connection.Execute("RELEASE one");
    }

    private void Abandon()
    {
        try
        {
            _connection.Execute("ROLLBACK");
        }
        catch (DbException)
        {
            // Nothing was open: BEGIN itself failed, or SQLite already rolled back (disk full).
        }
    }

    public async ValueTask DisposeAsync()
    {
        _pending.CompleteAdding();
        await _ended.Task;
        _pending.Dispose();
        await _connection.DisposeAsync();
    }

    /// <summary>A write waiting for its commit.</summary>
    private abstract class PendingWrite
    {
        /// <summary>Runs inside the shared transaction; false when it threw and must be undone.</summary>
        public abstract bool TryRun(DbConnection connection);

        /// <summary>The commit is durable: hand out the result, or the write's own exception.</summary>
        public abstract void Acknowledge();

        /// <summary>The commit failed as a whole.</summary>
        public abstract void Fail(Exception exception);
    }

    private sealed class PendingWrite<T>(Func<DbConnection, Task<T>> write) : PendingWrite
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Exception? _ownFailure;
        private T? _result;

        public Task<T> Completion => _completion.Task;

        [SuppressMessage("Usage", "VSTHRD002", Justification = "SQLite completes synchronously, and this thread exists to be blocked.")]
        public override bool TryRun(DbConnection connection)
        {
            try
            {
                _result = write(connection).GetAwaiter().GetResult();
                return true;
            }
            catch (Exception exception)
            {
                _ownFailure = exception;
                return false;
            }
        }

        public override void Acknowledge()
        {
            if (_ownFailure is null)
                _completion.TrySetResult(_result!);
            else
                _completion.TrySetException(_ownFailure);
        }

        public override void Fail(Exception exception) => _completion.TrySetException(_ownFailure ?? exception);
    }
}
