using System.Buffers.Binary;
using System.Text;

namespace MusicSocial.Load.Generator;

/// <summary>The bytes of RFC 6455 as a client writes and reads them.</summary>
internal static class WebSocketBytes
{
    public const byte Continuation = 0;
    public const byte Text = 1;
    public const byte Binary = 2;
    public const byte Close = 8;
    public const byte Ping = 9;
    public const byte Pong = 10;

    // Servers may not know that it never changes; they unmask every byte either way.
    private static readonly byte[] Mask = [0x37, 0xfa, 0x21, 0x3d];

    public static byte[] Upgrade(string path) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

    /// <summary>Writes one whole masked message; returns its length.</summary>
    public static int Write(byte opcode, ReadOnlySpan<byte> payload, Span<byte> into)
    {
        into[0] = (byte)(0x80 | opcode);
        var header = 2;
        if (payload.Length < 126)
        {
            into[1] = (byte)(0x80 | payload.Length);
        }
        else
        {
            into[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(into[2..], checked((ushort)payload.Length));
            header = 4;
        }

        Mask.CopyTo(into[header..]);
        header += Mask.Length;
        for (var i = 0; i < payload.Length; i++)
            into[header + i] = (byte)(payload[i] ^ Mask[i & 3]);
        return header + payload.Length;
    }

    /// <summary>Reads the header of a server's frame; false when it is not all there yet.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> bytes, out byte opcode, out int header, out int payload)
    {
        (opcode, header, payload) = (0, 0, 0);
        if (bytes.Length < 2)
            return false;
        opcode = (byte)(bytes[0] & 0xf);
        var shortLength = bytes[1] & 0x7f;
        header = shortLength switch { 126 => 4, 127 => 10, _ => 2 };
        if (bytes.Length < header)
            return false;
        payload = shortLength switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            127 => checked((int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..])),
            _ => shortLength,
        };
        return true;
    }
}
