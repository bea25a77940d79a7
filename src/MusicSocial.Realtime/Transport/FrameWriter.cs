using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace MusicSocial.Realtime.Transport;

/// <summary>
/// What SignalR writes, as one WebSocket message per flush, on the thread that flushes. Pings, pongs and the close frame take their turn between
/// messages. Nothing is kept between flushes.
/// </summary>
internal sealed class FrameWriter(IFrameSink sink, ITransferFormatFeature format, TimeProvider time, CancellationTokenSource end) : PipeWriter
{
    private const int SmallestDraft = 512;

    private readonly Lock _lock = new();
    private byte[]? _draft;
    private int _drafted;

    // Guarded by the lock.
    private byte[]? _control;
    private TaskCompletionSource? _turn;
    private long _sendStarted;
    private bool _isSending;
    private bool _isSlow;
    private bool _isClosed;

    /// <summary>Whether the client has not taken what is being sent for so long.</summary>
    public bool IsStalled(TimeSpan limit)
    {
        lock (_lock)
            return _isSlow && time.GetElapsedTime(_sendStarted) > limit;
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _draft.AsMemory(_drafted);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _draft.AsSpan(_drafted);
    }

    public override void Advance(int bytes) => _drafted += bytes;

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        if (_draft is null && FramedBytes.TryGet(source, out var frame))
        {
            var send = SendAsync(frame);
            return send.IsCompletedSuccessfully ? default : FlushedAsync(send, null);
        }

        this.Write(source.Span);
        return FlushAsync(cancellationToken);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_draft is not { } draft)
            return default;
        var length = _drafted - FrameHeader.LargestToClient;
        (_draft, _drafted) = (null, 0);
        var kind = format.ActiveFormat == TransferFormat.Binary ? FrameKind.Binary : FrameKind.Text;
        var start = FrameHeader.WriteBefore(draft.AsSpan(0, FrameHeader.LargestToClient), kind, length);
        var send = length == 0 ? default : SendAsync(draft.AsMemory(start, FrameHeader.LargestToClient - start + length));
        if (!send.IsCompletedSuccessfully)
            return FlushedAsync(send, draft);
        ArrayPool<byte>.Shared.Return(draft);
        return default;
    }

    /// <summary>Ends a flush that waits for the client. The connection cannot be used after half a frame, so it ends, too.</summary>
    public override void CancelPendingFlush()
    {
        lock (_lock)
        {
            if (!_isSlow)
                return;
            _isClosed = true;
        }

        _ = end.CancelAsync();
    }

    public override void Complete(Exception? exception = null)
    {
        // The connection sends the close frame.
    }

    /// <summary>Answers a ping, as soon as no message is being sent; only the latest of several is answered.</summary>
    public void SendPong(ReadOnlySpan<byte> payload) => _ = SendControlAsync(Control(FrameKind.Pong, payload), isLast: false);

    /// <summary>Asks a silent client whether it is there, unless it has not even taken what was sent before.</summary>
    public void SendPing()
    {
        lock (_lock)
        {
            if (_isSending)
                return;
        }

        _ = SendControlAsync(Control(FrameKind.Ping, []), isLast: false);
    }

    /// <summary>Sends a close frame behind what is being sent; everything later is dropped.</summary>
    public Task SendCloseAsync(CloseCode code) =>
        SendControlAsync(Control(FrameKind.Close, [(byte)((int)code >> 8), (byte)code]), isLast: true);

    private static byte[] Control(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[2 + payload.Length];
        FrameHeader.WriteBefore(frame.AsSpan(0, 2), kind, payload.Length);
        payload.CopyTo(frame.AsSpan(2));
        return frame;
    }

    private async Task SendControlAsync(byte[] frame, bool isLast)
    {
        Task? turn = null;
        lock (_lock)
        {
            if (_isClosed)
                return;
            _isClosed = isLast;
            if (_isSending)
            {
                _control = frame;
                turn = (_turn ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
            else
            {
                TakeTurn();
            }
        }

        await (turn ?? DeliverAsync(frame).AsTask());
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> frame)
    {
        lock (_lock)
        {
            if (_isClosed)
                return default;
            if (_isSending)
                return SendLaterAsync(frame, (_turn ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task);
            TakeTurn();
        }

        return DeliverAsync(frame);
    }

    private async ValueTask SendLaterAsync(ReadOnlyMemory<byte> frame, Task turn)
    {
        await turn;
        await SendAsync(frame);
    }

    // Under the lock.
    private void TakeTurn()
    {
        _isSending = true;
        _sendStarted = time.GetTimestamp();
    }

    private ValueTask DeliverAsync(ReadOnlyMemory<byte> frame)
    {
        ValueTask send;
        try
        {
            send = sink.SendAsync(frame, end.Token);
        }
        catch (Exception exception)
        {
            send = ValueTask.FromException(exception);
        }

        if (!send.IsCompletedSuccessfully)
            return DeliverSlowlyAsync(send);
        return EndTurn() is { } next ? DeliverAsync(next) : default;
    }

    private async ValueTask DeliverSlowlyAsync(ValueTask send)
    {
        lock (_lock)
            _isSlow = true;
        try
        {
            await send;
        }
        catch (Exception)
        {
            // The client is gone, or will be: the reader finds out, and half a frame cannot be followed by anything.
            lock (_lock)
                _isClosed = true;
            await end.CancelAsync();
        }

        if (EndTurn() is { } next && !end.IsCancellationRequested)
            await DeliverAsync(next);
    }

    private byte[]? EndTurn()
    {
        lock (_lock)
        {
            _isSlow = false;
            if (_control is { } next)
            {
                (_control, _sendStarted) = (null, time.GetTimestamp());
                return next;
            }

            _isSending = false;
            _turn?.SetResult();
            _turn = null;
            return null;
        }
    }

    private static async ValueTask<FlushResult> FlushedAsync(ValueTask send, byte[]? draft)
    {
        await send;
        if (draft is not null)
            ArrayPool<byte>.Shared.Return(draft);
        return default;
    }

    private void Reserve(int sizeHint)
    {
        _draft ??= Rent(FrameHeader.LargestToClient + Math.Max(sizeHint, SmallestDraft));
        if (_draft.Length - _drafted >= Math.Max(sizeHint, 1))
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_drafted + sizeHint, _draft.Length * 2));
        _draft.AsSpan(0, _drafted).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_draft);
        _draft = larger;
    }

    private byte[] Rent(int size)
    {
        _drafted = FrameHeader.LargestToClient;
        return ArrayPool<byte>.Shared.Rent(size);
    }
}
