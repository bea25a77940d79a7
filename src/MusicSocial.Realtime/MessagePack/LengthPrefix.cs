using System.Buffers;

namespace MusicSocial.Realtime.MessagePack;

/// <summary>The length before each binary hub message: seven bits per byte, the lowest first, the top bit says that more follow.</summary>
internal static class LengthPrefix
{
    private const int LongestPrefix = 5;

    /// <summary>False when the prefix has not arrived completely.</summary>
    public static bool TryRead(ReadOnlySequence<byte> input, int largest, out int start, out int length)
    {
        (start, length) = (0, 0);
        var reader = new SequenceReader<byte>(input);
        while (reader.TryRead(out var part))
        {
            var value = (long)length | ((long)(part & 0x7f) << (7 * start));
            start++;
            if (value > largest || (start == LongestPrefix && part > 0x7f))
            {
                throw new InvalidDataException($"A message longer than {largest} bytes.");
            }

            length = (int)value;
            if (part <= 0x7f)
            {
                return true;
            }
        }

        return false;
    }

    public static void Write(int length, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(LongestPrefix);
        var at = 0;
        var rest = (uint)length;
        for (; rest > 0x7f; rest >>= 7)
        {
            span[at++] = (byte)(rest | 0x80);
        }

        span[at++] = (byte)rest;
        output.Advance(at);
    }
}
