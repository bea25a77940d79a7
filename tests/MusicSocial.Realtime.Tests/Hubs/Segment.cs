using System.Buffers;

namespace MusicSocial.Realtime.Tests.Hubs;

/// <summary>Bytes in two pieces, as a pipe may hand them out.</summary>
internal sealed class Segment : ReadOnlySequenceSegment<byte>
{
    private Segment(ReadOnlyMemory<byte> memory, long runningIndex) => (Memory, RunningIndex) = (memory, runningIndex);

    public static ReadOnlySequence<byte> Join(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second)
    {
        var start = new Segment(first, 0);
        var end = new Segment(second, first.Length);
        start.Next = end;
        return new(start, 0, end, second.Length);
    }
}
