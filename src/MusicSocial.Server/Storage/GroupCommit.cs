using System.Data.Common;
using System.Threading.Channels;
using Dapper;
using MusicSocial.Server.Hosting;

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
    private readonly Channel<IPendingWrite> _pending;
    private readonly Task _loop;

    public GroupCommit(DbConnection connection, int maxPending)
    {
        _connection = connection;
        _pending = Channel.CreateBounded<IPendingWrite>(new BoundedChannelOptions(maxPending) { SingleReader = true });
        // A thread of its own: SQLite blocks while it flushes.
        _loop = Task.Factory.StartNew(RunAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    public Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pending = new PendingWrite<T>(write);
        return _pending.Writer.TryWrite(pending) ? pending.Completion : throw new RefusedException(Refusals.ServerBusy);
    }

    private async Task RunAsync()
    {
        var batch = new List<IPendingWrite>(MaxBatch);
        while (await _pending.Reader.WaitToReadAsync())
        {
            while (batch.Count < MaxBatch && _pending.Reader.TryRead(out var write))
                batch.Add(write);
            await CommitAsync(batch);
            batch.Clear();
        }
    }

    private async Task CommitAsync(List<IPendingWrite> batch)
    {
        try
        {
            await _connection.ExecuteAsync("BEGIN IMMEDIATE");
            foreach (var write in batch)
                await RunInSavepointAsync(write);
            await _connection.ExecuteAsync("COMMIT");
        }
        catch (Exception exception)
        {
            await AbandonAsync();
            foreach (var write in batch)
                write.Fail(exception);
            return;
        }

        foreach (var write in batch)
            write.Acknowledge();
    }

    private async Task RunInSavepointAsync(IPendingWrite write)
    {
        await _connection.ExecuteAsync("SAVEPOINT one");
        if (!await write.TryRunAsync(_connection))
            await _connection.ExecuteAsync("ROLLBACK TO one");
        await _connection.ExecuteAsync("RELEASE one");
    }

    private async Task AbandonAsync()
    {
        try
        {
            await _connection.ExecuteAsync("ROLLBACK");
        }
        catch (DbException)
        {
            // Nothing was open: BEGIN itself failed, or SQLite already rolled back (disk full).
        }
    }

    public async ValueTask DisposeAsync()
    {
        _pending.Writer.TryComplete();
        await _loop;
        await _connection.DisposeAsync();
    }
}
