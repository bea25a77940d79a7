using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace MusicSocial.Server.Catalog.Probing;

/// <summary>An element of an EBML document (RFC 8794): where its content lies.</summary>
internal readonly record struct EbmlElement(uint Id, long Start, long Size)
{
    public long End => Start + Size;
}

/// <summary>Walks EBML elements without reading what they hold.</summary>
internal sealed class EbmlElements(Stream stream)
{
    private const int MaxValueBytes = 4096;

    /// <summary>The elements between two positions. One of unknown size (live recordings) reaches to the end and is the last.</summary>
    /// <exception cref="InvalidDataException">No EBML.</exception>
    /// <exception cref="EndOfStreamException">It ends in mid-element.</exception>
    public IEnumerable<EbmlElement> Between(long start, long end)
    {
        for (var position = start; position < end;)
        {
            stream.Position = position;
            var id = (uint)ReadVariable(keepMarker: true, maxLength: 4);
            var size = ReadVariable(keepMarker: false, maxLength: 8);
            var element = new EbmlElement(id, stream.Position, size < 0 ? end - stream.Position : Math.Min(size, end - stream.Position));
            yield return element;
            position = element.End;
        }
    }

    public IEnumerable<EbmlElement> In(EbmlElement parent) => Between(parent.Start, parent.End);

    public string Text(EbmlElement element) => Encoding.UTF8.GetString(Value(element)).TrimEnd('\0');

    public long Unsigned(EbmlElement element) => Value(element).Aggregate(0L, (value, next) => (value << 8) | next);

    public double Float(EbmlElement element) => Value(element) switch
    {
        { Length: 4 } bytes => BinaryPrimitives.ReadSingleBigEndian(bytes),
        { Length: 8 } bytes => BinaryPrimitives.ReadDoubleBigEndian(bytes),
        _ => 0,
    };

    private byte[] Value(EbmlElement element)
    {
        var bytes = new byte[Math.Min(element.Size, MaxValueBytes)];
        stream.Position = element.Start;
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A variable-length integer; -1 stands for "unknown" (all bits set).</summary>
    private long ReadVariable(bool keepMarker, int maxLength)
    {
        var first = stream.ReadByte();
        if (first < 0)
            throw new EndOfStreamException();
        var length = BitOperations.LeadingZeroCount((uint)first) - 23;
        if (first == 0 || length > maxLength)
            throw new InvalidDataException("not EBML");
        var value = keepMarker ? first : first & ((1L << (8 - length)) - 1);
        for (var i = 1; i < length; i++)
        {
            var next = stream.ReadByte();
            value = next < 0 ? throw new EndOfStreamException() : (value << 8) | (uint)next;
        }

        return !keepMarker && value == (1L << (7 * length)) - 1 ? -1 : value;
    }
}
