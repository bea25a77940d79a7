using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace MusicSocial.Realtime.Hubs;

/// <summary>A client's result that somebody on this node waits for.</summary>
internal sealed class AwaitedResult<T>(string connectionId)
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => _result.Task;

    public void Settle(CompletionMessage completion)
    {
        if (completion.Error is { } error)
            _result.TrySetException(new HubException(error));
        else
            _result.TrySetResult((T)completion.Result!);
    }

    public void Disconnect() => _result.TrySetException(new IOException($"Connection '{connectionId}' disconnected."));
}
