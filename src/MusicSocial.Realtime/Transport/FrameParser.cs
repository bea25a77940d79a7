using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

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

    /// <summary>Whether the client sent a close frame.</summary>
    public bool HasReceivedClose { get; private set; }

    /// <summary>Takes the head of a frame, and the whole of a control frame, off <paramref name="rest"/>; false when that has not arrived yet.</summary>
    /// <exception cref="FrameViolationException">No client may send this.</exception>
    public bool TryBegin(ref ReadOnlySequence<byte> rest, IFrameObserver observer)
    {
        Span<byte> bytes = stackalloc byte[FrameHeader.LargestFromClient];
        var known = bytes[..(int)Math.Min(rest.Length, bytes.Length)];
        rest.Slice(0, known.Length).CopyTo(known);
        if (!FrameHeader.TryRead(known, out var header) || (header.IsControl && rest.Length < header.Size + header.Length))
            return false;
        observer.OnFrame(header.Size + header.Length);
        rest = rest.Slice(header.Size);
        if (header.IsControl)
            TakeControl(ref rest, header, observer);
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

    private void TakeControl(ref ReadOnlySequence<byte> rest, FrameHeader header, IFrameObserver observer)
    {
        Span<byte> payload = stackalloc byte[(int)header.Length];
        rest.Slice(0, header.Length).CopyTo(payload);
        rest = rest.Slice(header.Length);
        Mask.Remove(payload, payload, header.Mask);
        if (header.Kind == FrameKind.Ping)
            observer.OnPing(payload);
        else if (header.Kind == FrameKind.Close)
            TakeClose(payload);
    }

    private void TakeClose(ReadOnlySpan<byte> payload)
    {
        HasReceivedClose = true;
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

/// <summary>Observes what a client's frames mean to the connection beside their payload.</summary>
internal interface IFrameObserver
{
    /// <summary>A frame begins; throws <see cref="FrameViolationException"/> when the client sends too much.</summary>
    void OnFrame(long bytes);

    /// <summary>The client sent a ping.</summary>
    void OnPing(ReadOnlySpan<byte> payload);

    /// <summary>The client broke the protocol; nothing more is read.</summary>
    void OnViolation(CloseCode code);
}

/// <summary>The mask every client lays over its payload (RFC 6455, 5.3).</summary>
internal static class Mask
{
    /// <summary>
    /// Copies <paramref name="source"/> unmasked. Returns the mask as it goes on behind the last byte.
    /// </summary>
    public static uint Remove(ReadOnlySpan<byte> source, Span<byte> target, uint mask)
    {
        var done = 0;
        if (source.Length >= Vector<byte>.Count)
        {
            var wide = Vector.AsVectorByte(new Vector<uint>(mask));
            for (; done <= source.Length - Vector<byte>.Count; done += Vector<byte>.Count)
                (new Vector<byte>(source[done..]) ^ wide).CopyTo(target[done..]);
        }

        var bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in mask));
        for (var i = done; i < source.Length; i++)
            target[i] = (byte)(source[i] ^ bytes[i & 3]);
        return BitOperations.RotateRight(mask, 8 * (source.Length & 3));
    }
}
