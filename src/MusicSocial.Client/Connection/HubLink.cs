using MusicSocial.Client.Accounts;

namespace MusicSocial.Client.Connection;

/// <summary>Keeps one connection to some node of the hub for as long as it is open, however often sockets and nodes die.</summary>
internal sealed class HubLink : IAsyncDisposable
{
    // Spreads a crowd that lost its node over the next one; a tenth of a second is not noticed.
    private static readonly TimeSpan Scatter = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly MusicSocialClientOptions _options;
    private readonly NodeRing _nodes;
    private readonly Tokens _tokens;
    private readonly IHubListener _listener;
    private readonly Action<ConnectionState> _changed;
    private readonly BackOff _backOff;
    private TaskCompletionSource<HubSocket> _live = NewLive();
    private Task _running = Task.CompletedTask;
    private int _failures;

    public HubLink(MusicSocialClientOptions options, NodeRing nodes, Tokens tokens, IHubListener listener, Action<ConnectionState> changed)
    {
        (_options, _nodes, _tokens, _listener, _changed) = (options, nodes, tokens, listener, changed);
        _backOff = new BackOff(options.FirstBackOff, options.LongestBackOff, Random.Shared);
    }

    public ConnectionState State { get; private set; } = ConnectionState.Closed;

    /// <summary>The present connection; waits for one. Opens the link when it was not.</summary>
    /// <exception cref="RefusedException">The session is not good any more.</exception>
    public Task<HubSocket> SocketAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_end.IsCancellationRequested, this);
            if (_running.IsCompleted)
            {
                _live = NewLive();
                _running = Task.Run(RunAsync, CancellationToken.None);
            }

            return _live.Task.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _live.TrySetException(new ObjectDisposedException(nameof(MusicSocialClient)));
        _end.Dispose();
    }

    private static TaskCompletionSource<HubSocket> NewLive()
    {
        var live = new TaskCompletionSource<HubSocket>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Observed, as no caller may be waiting when it fails.
        _ = live.Task.ContinueWith(task => task.Exception, TaskScheduler.Default);
        return live;
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                Become(ConnectionState.Connecting);
                if (await DialAsync() is { } socket)
                    await LiveWithAsync(socket);
                else
                    await Task.Delay(AfterFailure(), _options.Time, _end.Token);
            }
        }
        catch (Exception exception)
        {
            // Disposed, or the session is not valid any more: callers that wait get the reason.
            lock (_gate)
            {
                _live.TrySetException(exception);
            }
        }
        finally
        {
            Become(ConnectionState.Closed);
        }
    }

    private async Task<HubSocket?> DialAsync()
    {
        var node = _nodes.Current;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        var token = await TokenAsync();
        if (token is null)
        {
            _nodes.Leave(node);
            return null;
        }

        patience.CancelAfter(_options.ConnectTimeout);
        try
        {
            return await HubSocket.OpenAsync(node, token, _options, _listener, patience.Token);
        }
        catch (HandshakeRejectedException rejected) when (rejected.WantsNewToken)
        {
            _tokens.Invalidate(token);
            return null;
        }
        catch (Exception) when (!_end.IsCancellationRequested)
        {
            _nodes.Leave(node);
            return null;
        }
    }

    // No node may be there to give a new token either: that is as passing as a node that does not answer.
    private async Task<string?> TokenAsync()
    {
        try
        {
            return await _tokens.AccessTokenAsync(_end.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or HubUnreachableException or TimeoutException)
        {
            return null;
        }
    }

    private async Task LiveWithAsync(HubSocket socket)
    {
        _backOff.Reset();
        _failures = 0;
        lock (_gate)
        {
            _live.TrySetResult(socket);
        }

        Become(ConnectionState.Connected);
        _listener.OnOpened(socket);
        try
        {
            var comeBackAfter = await socket.Gone.WaitAsync(_end.Token);
            lock (_gate)
            {
                _live = NewLive();
            }

            _nodes.Leave(socket.Node);
            await LeaveAsync(socket, comeBackAfter);
        }
        catch (OperationCanceledException)
        {
            await socket.CloseAsync();
            throw;
        }
    }

    private async Task LeaveAsync(HubSocket socket, TimeSpan comeBackAfter)
    {
        if (comeBackAfter == TimeSpan.Zero)
        {
            Become(ConnectionState.Connecting);
            await socket.DisposeAsync();
            await Task.Delay(Scatter * Random.Shared.NextDouble(), _options.Time, _end.Token);
            return;
        }

        Become(ConnectionState.Draining);
        await socket.FinishCallsAsync(_options.Time);
        await socket.CloseAsync();
        await Task.Delay(comeBackAfter, _options.Time, _end.Token);
    }

    // Every node is tried once at once; waiting begins when all of them failed.
    private TimeSpan AfterFailure() =>
        ++_failures % _nodes.Count == 0 ? _backOff.Next() : Scatter * Random.Shared.NextDouble();

    private void Become(ConnectionState state)
    {
        if (State == state)
            return;
        State = state;
        _changed(state);
    }
}
