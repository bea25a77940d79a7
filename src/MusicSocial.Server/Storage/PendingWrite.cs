using System.Data.Common;

namespace MusicSocial.Server.Storage;

/// <summary>A write waiting for its commit.</summary>
internal interface IPendingWrite
{
    /// <summary>Runs inside the shared transaction; false when it threw and must be undone.</summary>
    Task<bool> TryRunAsync(DbConnection connection);

    /// <summary>The commit is durable: hand out the result, or the write's own exception.</summary>
    void Acknowledge();

    /// <summary>The commit failed as a whole.</summary>
    void Fail(Exception exception);
}

internal sealed class PendingWrite<T>(Func<DbConnection, Task<T>> write) : IPendingWrite
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _ownFailure;
    private T? _result;

    public Task<T> Completion => _completion.Task;

    public async Task<bool> TryRunAsync(DbConnection connection)
    {
        try
        {
            _result = await write(connection);
            return true;
        }
        catch (Exception exception)
        {
            _ownFailure = exception;
            return false;
        }
    }

    public void Acknowledge()
    {
        if (_ownFailure is null)
            _completion.TrySetResult(_result!);
        else
            _completion.TrySetException(_ownFailure);
    }

    public void Fail(Exception exception) => _completion.TrySetException(_ownFailure ?? exception);
}
