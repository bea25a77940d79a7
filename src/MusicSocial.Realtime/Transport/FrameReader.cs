using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;

namespace MusicSocial.Realtime.Transport;

/// <summary>
/// What the client sends, as SignalR reads it: payload of WebSocket messages without their frames, taken off the connection only when SignalR asks,
/// and on the thread on which it arrived. Holds memory only while a hub message is incomplete.
/// </summary>
internal sealed class FrameReader(PipeReader source, IFrameObserver observer) : PipeReader
{
    // More than that stays with the web server until SignalR has read what is here.
    private const int LargestPiece = 16 * 1024;

    private byte[]? _buffer;
    private int _start;
    private int _end;
    private int _taken;
    private bool _hasNews;
    private bool _isBroken;
    private ReadOnlySequence<byte> _given;
    private FrameParser _parser;

    /// <summary>True when nothing more comes: the client sent a close frame, broke the protocol or is gone.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Whether the client sent a close frame.</summary>
    public bool HasReceivedClose => _parser.HasReceivedClose;

    public override bool TryRead(out ReadResult result)
    {
        if (_hasNews || IsEnded)
        {
            result = Give(isCanceled: false);
            return true;
        }

        if (source.TryRead(out var read) && (Take(read) || IsEnded || read.IsCanceled))
        {
            result = Give(read.IsCanceled);
            return true;
        }

        result = default;
        return false;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        _hasNews || IsEnded ? new(Give(isCanceled: false)) : ReadMoreAsync(cancellationToken);

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _hasNews = _given.Slice(examined).Length > 0;
        _start += (int)_given.Slice(_given.Start, consumed).Length;
        _given = default;
        if (_start < _end || _buffer is null)
            return;
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _start, _end) = (null, 0, 0);
    }

    public override void CancelPendingRead() => source.CancelPendingRead();

    public override void Complete(Exception? exception = null)
    {
        // The connection ends the source; see DrainAsync.
    }

    /// <summary>Reads until the client has sent a close frame or is gone, and discards what it sends before.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (!IsEnded)
        {
            Forget();
            await ReadMoreAsync(cancellationToken);
        }

        Forget();
        // What is left unread when a connection is closed makes the kernel cut it, and the client may never see why.
        while (_isBroken)
        {
            var read = await source.ReadAsync(cancellationToken);
            source.AdvanceTo(read.Buffer.End);
            _isBroken = !read.IsCompleted;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> ReadMoreAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var read = await source.ReadAsync(cancellationToken);
                if (Take(read) || IsEnded || read.IsCanceled)
                    return Give(read.IsCanceled);
            }
            catch (Exception exception) when (exception is ConnectionAbortedException or ConnectionResetException or SocketException or IOException)
            {
                // Gone without a close frame.
                IsEnded = true;
                return Give(isCanceled: false);
            }
        }
    }

    /// <summary>True when there is something new for SignalR.</summary>
    private bool Take(in ReadResult read)
    {
        var rest = read.Buffer;
        _taken = 0;
        try
        {
            TakeFrames(ref rest);
            // A rest here is the beginning of a frame; it is the last when no more follows.
            IsEnded |= _parser.HasReceivedClose || (read.IsCompleted && (rest.IsEmpty || _taken == 0));
        }
        catch (FrameViolationException violation)
        {
            observer.OnViolation(violation.Code);
            IsEnded = _isBroken = true;
        }

        source.AdvanceTo(rest.Start, _taken < LargestPiece ? read.Buffer.End : rest.Start);
        return _hasNews = _taken > 0;
    }

    private void TakeFrames(ref ReadOnlySequence<byte> rest)
    {
        while (!rest.IsEmpty && _taken < LargestPiece && !_parser.HasReceivedClose)
        {
            if (_parser.Remaining == 0)
            {
                if (!_parser.TryBegin(ref rest, observer))
                    return;
                continue;
            }

            var piece = rest.Slice(0, Math.Min(Math.Min(_parser.Remaining, LargestPiece - _taken), rest.Length));
            var target = Reserve((int)piece.Length);
            _parser.Unmask(piece, target);
            _end += target.Length;
            _taken += target.Length;
            rest = rest.Slice(piece.End);
        }
    }

    private ReadResult Give(bool isCanceled)
    {
        if (IsEnded && !_hasNews)
            Forget();
        _hasNews = false;
        _given = _buffer is null ? ReadOnlySequence<byte>.Empty : new(_buffer, _start, _end - _start);
        return new(_given, isCanceled, isCompleted: IsEnded && _given.IsEmpty);
    }

    private void Forget()
    {
        if (_buffer is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
        (_buffer, _start, _end, _hasNews) = (null, 0, 0, false);
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(count);
        }
        else if (_buffer.Length - _end < count)
        {
            // What is not yet a whole hub message; SignalR ends the connection when that becomes too long.
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_end - _start + count, 2 * (_end - _start)));
            _buffer.AsSpan(_start, _end - _start).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _start, _end) = (larger, 0, _end - _start);
        }

        return _buffer.AsSpan(_end, count);
    }
}
