using System.Buffers;
using System.Buffers.Binary;

namespace MusicSocial.Realtime.Transport;

/// <summary>Where in a client's stream of frames one stands, and the rules of what may come next (RFC 6455, 5.4 to 5.6).</summary>
internal struct FrameParser
{
    private uint _mask;
    private bool _isInMessage;
    private bool _isText;
    private bool _isLast;
    private Utf8Validator _text;

    /// <summary>Bytes of payload still to come in this frame.</summary>
    public long Remaining { get; private set; }

    /// <summary>Whether the client said goodbye.</summary>
    public bool HasSaidGoodbye { get; private set; }

    /// <summary>Takes the head of a frame, and the whole of a control frame, off <paramref name="rest"/>; false when that has not arrived yet.</summary>
    /// <exception cref="FrameViolationException">No client may send this.</exception>
    public bool TryBegin(ref ReadOnlySequence<byte> rest, IFrameObserver watch)
    {
        Span<byte> bytes = stackalloc byte[FrameHeader.LargestFromClient];
        var known = bytes[..(int)Math.Min(rest.Length, bytes.Length)];
        rest.Slice(0, known.Length).CopyTo(known);
        if (!FrameHeader.TryRead(known, out var header) || (header.IsControl && rest.Length < header.Size + header.Length))
            return false;
        watch.OnFrame(header.Size + header.Length);
        rest = rest.Slice(header.Size);
        if (header.IsControl)
            TakeControl(ref rest, header, watch);
        else
            BeginPayload(header);
        return true;
    }

    /// <summary>Copies the next piece of payload, no more than <see cref="Remaining"/>, unmasked.</summary>
    public void Unmask(in ReadOnlySequence<byte> piece, Span<byte> target)
    {
        var done = 0;
        foreach (var memory in piece)
        {
            _mask = Mask.Remove(memory.Span, target[done..], _mask);
            done += memory.Length;
        }

        if (_isText && !_text.Take(target))
            throw new FrameViolationException(CloseCode.NotUtf8);
        Remaining -= done;
        EndFrame();
    }

    private void BeginPayload(FrameHeader header)
    {
        if (_isInMessage != (header.Kind == FrameKind.Continuation))
            throw new FrameViolationException(CloseCode.ProtocolError);
        if (header.Kind != FrameKind.Continuation)
            (_isText, _text) = (header.Kind == FrameKind.Text, default);
        (_isInMessage, _isLast, _mask, Remaining) = (true, header.IsLast, header.Mask, header.Length);
        EndFrame();
    }

    private void EndFrame()
    {
        if (Remaining > 0 || !_isLast)
            return;
        _isInMessage = false;
        if (_isText && !_text.IsWhole)
            throw new FrameViolationException(CloseCode.NotUtf8);
    }

    private void TakeControl(ref ReadOnlySequence<byte> rest, FrameHeader header, IFrameObserver watch)
    {
        Span<byte> payload = stackalloc byte[(int)header.Length];
        rest.Slice(0, header.Length).CopyTo(payload);
        rest = rest.Slice(header.Length);
        Mask.Remove(payload, payload, header.Mask);
        if (header.Kind == FrameKind.Ping)
            watch.OnPing(payload);
        else if (header.Kind == FrameKind.Close)
            TakeGoodbye(payload);
    }

    private void TakeGoodbye(ReadOnlySpan<byte> payload)
    {
        HasSaidGoodbye = true;
        if (payload.IsEmpty)
            return;
        var code = payload.Length == 1 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (code is not ((>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999)))
            throw new FrameViolationException(CloseCode.ProtocolError);
        var reason = default(Utf8Validator);
        if (!reason.Take(payload[2..]) || !reason.IsWhole)
            throw new FrameViolationException(CloseCode.NotUtf8);
    }
}
