using System.Buffers;
using System.Runtime.InteropServices;

namespace MusicSocial.Realtime.Transport;

/// <summary>
/// A serialised hub message that carries its WebSocket head before it: this transport sends <see cref="Frame"/> as it is, every other transport
/// sees only the message. Shared by all recipients, never changed.
/// </summary>
internal sealed class FramedBytes : MemoryManager<byte>
{
    private readonly byte[] _bytes;
    private readonly int _head;

    private FramedBytes(byte[] bytes, int head) => (_bytes, _head) = (bytes, head);

    /// <summary>The message with its head, ready for the socket.</summary>
    public ReadOnlyMemory<byte> Frame => _bytes;

    public static ReadOnlyMemory<byte> Of(ReadOnlySpan<byte> message, FrameKind kind)
    {
        var head = FrameHeader.SizeToClient(message.Length);
        var bytes = GC.AllocateUninitializedArray<byte>(head + message.Length);
        FrameHeader.WriteBefore(bytes.AsSpan(0, head), kind, message.Length);
        message.CopyTo(bytes.AsSpan(head));
        return new FramedBytes(bytes, head).Memory;
    }

    /// <summary>The frame behind <paramref name="memory"/>, if that is a whole message of this kind.</summary>
    public static bool TryGet(ReadOnlyMemory<byte> memory, out ReadOnlyMemory<byte> frame)
    {
        var isWhole = MemoryMarshal.TryGetMemoryManager(memory, out FramedBytes? framed, out _, out var length)
            && length == framed._bytes.Length - framed._head;
        frame = isWhole ? framed!._bytes : default;
        return isWhole;
    }

    public override Span<byte> GetSpan() => _bytes.AsSpan(_head);

    public override MemoryHandle Pin(int elementIndex = 0) => _bytes.AsMemory(_head + elementIndex).Pin();

    public override void Unpin()
    {
        // The handle that was given out does it.
    }

    protected override bool TryGetArray(out ArraySegment<byte> segment)
    {
        segment = new(_bytes, _head, _bytes.Length - _head);
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        // Plain memory.
    }
}
