using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace MusicSocial.Server.Catalog.Probing;

/// <summary>Reads duration and tags of a WebM file (the Matroska elements Info, Tracks and Tags), skipping the sound itself.</summary>
internal static class WebmHeader
{
    private const uint Ebml = 0x1A45DFA3;
    private const uint Segment = 0x18538067;
    private const uint Info = 0x1549A966;
    private const uint TimestampScale = 0x2AD7B1;
    private const uint Duration = 0x4489;
    private const uint Title = 0x7BA9;
    private const uint Tracks = 0x1654AE6B;
    private const uint TrackEntry = 0xAE;
    private const uint TrackType = 0x83;
    private const uint CodecDelay = 0x56AA;
    private const uint Tags = 0x1254C367;
    private const uint Tag = 0x7373;
    private const uint SimpleTag = 0x67C8;
    private const uint TagName = 0x45A3;
    private const uint TagString = 0x4487;

    private const int AudioTrack = 2;

    /// <summary>Null when there is no sound in it or no length.</summary>
    /// <exception cref="InvalidDataException">Not WebM.</exception>
    /// <exception cref="EndOfStreamException">It ends in mid-element.</exception>
    public static ProbedAudio? Read(Stream stream)
    {
        var elements = new EbmlElements(stream);
        var top = elements.Between(0, stream.Length).Take(2).ToList();
        if (top is not [{ Id: Ebml }, { Id: Segment } segment])
            throw new InvalidDataException("not WebM");

        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var duration = TimeSpan.Zero;
        var leadIn = TimeSpan.Zero;
        var hasAudio = false;
        foreach (var element in elements.In(segment))
        {
            switch (element.Id)
            {
                case Info:
                    duration = ReadInfo(elements, element, tags);
                    break;
                case Tracks:
                    var audio = elements.In(element).Where(entry => entry.Id == TrackEntry && IsAudio(elements, entry)).ToList();
                    hasAudio = audio.Count > 0;
                    leadIn = audio.Select(entry => LeadIn(elements, entry)).FirstOrDefault();
                    break;
                case Tags:
                    ReadTags(elements, element, tags);
                    break;
            }
        }

        return hasAudio && duration > leadIn
            ? new ProbedAudio(
                duration - leadIn, tags.GetValueOrDefault("TITLE"), tags.GetValueOrDefault("ARTIST"), tags.GetValueOrDefault("ALBUM"), HasPicture: false)
            : null;
    }

    private static TimeSpan ReadInfo(EbmlElements elements, EbmlElement info, Dictionary<string, string> tags)
    {
        var nanosecondsPerTick = 1_000_000L;
        double ticks = 0;
        foreach (var element in elements.In(info))
        {
            switch (element.Id)
            {
                case TimestampScale:
                    nanosecondsPerTick = elements.Unsigned(element);
                    break;
                case Duration:
                    ticks = elements.Float(element);
                    break;
                case Title:
                    tags["TITLE"] = elements.Text(element);
                    break;
            }
        }

        var seconds = ticks * nanosecondsPerTick / 1e9;
        return seconds is >= 0.001 and < 100 * 3600 ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
    }

    private static bool IsAudio(EbmlElements elements, EbmlElement entry) =>
        elements.In(entry).Any(element => element.Id == TrackType && elements.Unsigned(element) == AudioTrack);

    /// <summary>The codec delay, which is decoded but not played; the length in <c>Info</c> contains it.</summary>
    private static TimeSpan LeadIn(EbmlElements elements, EbmlElement entry)
    {
        var delay = elements.In(entry).Where(element => element.Id == CodecDelay).Select(elements.Unsigned).FirstOrDefault();
        return delay is > 0 and < 1_000_000_000 ? TimeSpan.FromMilliseconds(delay / 1e6) : TimeSpan.Zero;
    }

    private static void ReadTags(EbmlElements elements, EbmlElement list, Dictionary<string, string> tags)
    {
        var simple = elements.In(list).Where(tag => tag.Id == Tag).SelectMany(elements.In).Where(element => element.Id == SimpleTag);
        foreach (var tag in simple)
        {
            string? name = null, value = null;
            foreach (var part in elements.In(tag))
            {
                if (part.Id == TagName)
                    name = elements.Text(part);
                else if (part.Id == TagString)
                    value = elements.Text(part);
            }

            if (name is not null && value is not null)
                tags.TryAdd(name, value);
        }
    }
}

/// <summary>An element of an EBML document (RFC 8794): the position of its content.</summary>
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
