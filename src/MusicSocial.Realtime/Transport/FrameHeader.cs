using System.Buffers.Binary;

namespace MusicSocial.Realtime.Transport;

/// <summary>What a WebSocket frame is for (RFC 6455, 5.2).</summary>
internal enum FrameKind : byte
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// <summary>The head of a WebSocket frame.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="IsLast">Whether it ends its message.</param>
/// <param name="Mask">The client's mask, as its bytes lie in memory.</param>
/// <param name="Length">Bytes of payload.</param>
/// <param name="Size">Bytes of this head.</param>
internal readonly record struct FrameHeader(FrameKind Kind, bool IsLast, uint Mask, long Length, int Size)
{
    /// <summary>The largest head of a frame to a client: no mask.</summary>
    public const int LargestToClient = 10;

    /// <summary>The largest head of a frame from a client.</summary>
    public const int LargestFromClient = 14;

    /// <summary>The largest payload of a close, ping or pong.</summary>
    public const int LargestControl = 125;

    private const int Extended16 = 126;
    private const int Extended64 = 127;

    public bool IsControl => Kind >= FrameKind.Close;

    /// <summary>Reads a client's frame head; false when more bytes are needed.</summary>
    /// <exception cref="FrameViolationException">No client may send this.</exception>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FrameHeader header)
    {
        header = default;
        if (bytes.Length < 2)
            return false;
        var (first, second) = (bytes[0], bytes[1]);
        var (kind, isLast, shortLength) = ((FrameKind)(first & 0x0f), (first & 0x80) != 0, second & 0x7f);
        Check(kind, isLast, hasReserved: (first & 0x70) != 0, isMasked: (second & 0x80) != 0, shortLength);
        var size = 2 + shortLength switch { Extended16 => 2, Extended64 => 8, _ => 0 } + sizeof(uint);
        if (bytes.Length < size)
            return false;
        var length = shortLength switch
        {
            Extended16 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            Extended64 => BinaryPrimitives.ReadInt64BigEndian(bytes[2..]),
            _ => shortLength,
        };
        if ((shortLength == Extended16 && length < Extended16) || (shortLength == Extended64 && length <= ushort.MaxValue))
            throw new FrameViolationException(CloseCode.ProtocolError);
        header = new(kind, isLast, BitConverter.ToUInt32(bytes[(size - sizeof(uint))..]), length, size);
        return true;
    }

    /// <summary>Writes the head of a whole message to a client so that it ends where the payload begins; returns where it starts.</summary>
    public static int WriteBefore(Span<byte> room, FrameKind kind, int length)
    {
        var size = SizeToClient(length);
        var head = room[^size..];
        head[0] = (byte)(0x80 | (byte)kind);
        if (size == 2)
        {
            head[1] = (byte)length;
        }
        else if (size == 4)
        {
            head[1] = Extended16;
            BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)length);
        }
        else
        {
            head[1] = Extended64;
            BinaryPrimitives.WriteInt64BigEndian(head[2..], length);
        }

        return room.Length - size;
    }

    /// <summary>Bytes of the head before a message of <paramref name="length"/> bytes to a client.</summary>
    public static int SizeToClient(int length) => length < Extended16 ? 2 : length <= ushort.MaxValue ? 4 : LargestToClient;

    private static void Check(FrameKind kind, bool isLast, bool hasReserved, bool isMasked, int shortLength)
    {
        var isKnown = kind is FrameKind.Continuation or FrameKind.Text or FrameKind.Binary or FrameKind.Close or FrameKind.Ping or FrameKind.Pong;
        var isSoundControl = kind < FrameKind.Close || (isLast && shortLength <= LargestControl);
        if (hasReserved || !isMasked || !isKnown || !isSoundControl)
            throw new FrameViolationException(CloseCode.ProtocolError);
    }
}

/// <summary>Why a WebSocket ends (RFC 6455, 7.4).</summary>
internal enum CloseCode : ushort
{
    Normal = 1000,
    ProtocolError = 1002,
    NotUtf8 = 1007,
    TooMuch = 1008,
    ServerFailed = 1011,
}

/// <summary>The client sent what no client may; its connection ends with <paramref name="code"/>.</summary>
internal sealed class FrameViolationException(CloseCode code) : Exception($"The client broke the WebSocket protocol: {code}.")
{
    public CloseCode Code { get; } = code;
}
