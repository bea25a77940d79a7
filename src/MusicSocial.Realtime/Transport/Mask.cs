using System.Numerics;
using System.Runtime.InteropServices;

namespace MusicSocial.Realtime.Transport;

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
