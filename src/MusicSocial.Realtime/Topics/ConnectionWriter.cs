using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace MusicSocial.Realtime.Topics;

/// <summary>
/// Writes to one connection: at most one write in flight, a queue in which every followed topic stands at most once, and a short
/// list of direct signals. What is sent is decided when its turn comes, so memory does not depend on how slowly the client reads. Only gaps of
/// revoked follows, which can be neither dropped nor merged, wait as they are; a client that lets too many wait is disconnected.
/// </summary>
internal sealed class ConnectionWriter(HubConnectionContext connection, TimeProvider time) : IThreadPoolWorkItem
{
    private const int MostDirectSignals = 32;

    // Their bytes are shared with every other connection they go to; this bounds what one client that does not read can keep alive.
    private const int MostMessages = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<Follower> _line = new();
    private readonly Queue<SerializedHubMessage> _signals = new();
    private readonly Queue<SerializedHubMessage> _messages = new();
    private long _writeStarted;
    private bool _isWriting;
    private bool _isAborted;
    private bool _isClosed;

    /// <summary>The latest write that did not finish at once; there is never more than one.</summary>
    internal Task SlowWrite { get; private set; } = Task.CompletedTask;

    /// <summary>Lets the follower send what it has to say, now or when the writes before it are done. Never waits. False when a write is in flight.</summary>
    public bool Wake(Follower follower)
    {
        lock (_lock)
        {
            if (_isClosed || follower.IsInLine)
                return false;
            if (!TryBeginWrite())
            {
                Join(follower);
                return false;
            }
        }

        // Its turn has come at once, as it mostly does: no need to stand in line.
        Pump(follower);
        return true;
    }

    /// <summary>As <see cref="Wake"/>, but on another thread: for callers inside the connection's own write.</summary>
    public void WakeElsewhere(Follower follower)
    {
        if (TryStart(follower, null))
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        }
    }

    /// <summary>Sends a message of no topic's line, before all lines; the oldest is dropped when there are too many.</summary>
    public void SendDirect(SerializedHubMessage signal)
    {
        if (TryStart(null, signal))
        {
            Pump();
        }
    }

    /// <summary>Sends a message that must neither be dropped nor merged, in order; a client that does not keep up loses its connection instead.</summary>
    public void Send(SerializedHubMessage message)
    {
        bool isTooMany, starts;
        lock (_lock)
        {
            if (_isClosed)
                return;
            isTooMany = _messages.Count >= MostMessages;
            if (!isTooMany)
                _messages.Enqueue(message);
            starts = !isTooMany && TryBeginWrite();
        }

        if (isTooMany)
            Fail();
        else if (starts)
            Pump();
    }

    /// <summary>Whether one message takes longer than <paramref name="limit"/>, or the connection was aborted and is still here.</summary>
    public bool IsStalled(TimeSpan limit)
    {
        lock (_lock)
        {
            return _isAborted || (_isWriting && time.GetElapsedTime(_writeStarted) > limit);
        }
    }

    /// <summary>
    /// Ends the connection. SignalR sends a close message first, which a client that does not read can hold up: calling again breaks that off and
    /// tears the transport down. True the first time.
    /// </summary>
    public bool Abort()
    {
        var isFirst = !Interlocked.Exchange(ref _isAborted, true);
        connection.Abort();
        if (!isFirst)
        {
            connection.Features.Get<IConnectionLifetimeFeature>()?.Abort();
        }

        return isFirst;
    }

    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _line.Clear();
            _signals.Clear();
            _messages.Clear();
        }
    }

    void IThreadPoolWorkItem.Execute() => Pump();

    private bool TryStart(Follower? follower, SerializedHubMessage? signal)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return false;
            }

            if (follower is { IsInLine: false })
            {
                Join(follower);
            }

            if (signal is not null)
            {
                if (_signals.Count >= MostDirectSignals)
                {
                    _signals.Dequeue();
                }

                _signals.Enqueue(signal);
            }

            return TryBeginWrite();
        }
    }

    /// <summary>Under the lock. False when a write is in flight.</summary>
    private bool TryBeginWrite()
    {
        if (_isWriting)
            return false;
        _isWriting = true;
        _writeStarted = time.GetTimestamp();
        return true;
    }

    private void Pump(Follower? first = null)
    {
        try
        {
            var message = (first is null ? null : NextOf(first)) ?? Next();
            while (message is not null && TryWrite(message))
                message = Next();
        }
        catch (Exception)
        {
            // What the topic could not compose for this connection must not keep the flush from the others, nor leave this one silent.
            Fail();
        }
    }

    /// <summary>False when the write takes its time; it goes on with the line itself.</summary>
    private bool TryWrite(SerializedHubMessage message)
    {
        try
        {
            return IsDone(connection.WriteAsync(message, CancellationToken.None));
        }
        catch (Exception)
        {
            Fail();
            return true;
        }
    }

    private bool IsDone(ValueTask write)
    {
        if (write.IsCompletedSuccessfully)
        {
            return true;
        }

        SlowWrite = FinishAsync(write);
        return false;
    }

    private async Task FinishAsync(ValueTask write)
    {
        try
        {
            await write;
        }
        catch (Exception)
        {
            Fail();
        }

        Pump();
    }

    // SignalR reports a broken connection by ending it, not by throwing here; whatever does throw ends it too.
    private void Fail()
    {
        Close();
        Abort();
    }

    private SerializedHubMessage? Next()
    {
        while (true)
        {
            Follower? follower;
            lock (_lock)
            {
                _writeStarted = time.GetTimestamp();
                if (_signals.TryDequeue(out var message) || _messages.TryDequeue(out message))
                {
                    return message;
                }

                if (!_line.TryDequeue(out follower))
                {
                    _isWriting = false;
                    return null;
                }

                follower.IsInLine = false;
            }

            if (NextOf(follower) is { } frame)
                return frame;
        }
    }

    // Outside the lock: the topic has its own. The follower goes to the back of the line if it has more to say.
    private SerializedHubMessage? NextOf(Follower follower)
    {
        var hasMore = false;
        var next = follower.Live?.NextFor(follower, out hasMore);
        if (hasMore)
            TryStart(follower, null);
        return next;
    }

    // Under the lock.
    private void Join(Follower follower)
    {
        follower.IsInLine = true;
        _line.Enqueue(follower);
    }
}
