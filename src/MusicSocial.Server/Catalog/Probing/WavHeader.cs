using System.Buffers.Binary;
using System.Text;

namespace MusicSocial.Server.Catalog.Probing;

/// <summary>Reads the chunks of a RIFF WAVE file: length from <c>fmt</c> and <c>data</c>, tags from <c>LIST INFO</c>.</summary>
internal static class WavHeader
{
    private const int MaxInfoBytes = 64 * 1024;

    /// <summary>Null when it contains no audio.</summary>
    /// <exception cref="InvalidDataException">Not a WAVE file.</exception>
    /// <exception cref="EndOfStreamException">It ends in mid-chunk.</exception>
    public static ProbedAudio? Read(Stream stream)
    {
        var header = Take(stream, 12);
        if (!header.AsSpan(0, 4).SequenceEqual("RIFF"u8) || !header.AsSpan(8, 4).SequenceEqual("WAVE"u8))
            throw new InvalidDataException("not RIFF WAVE");

        uint bytesPerSecond = 0;
        long dataBytes = 0;
        var tags = new Dictionary<string, string>();
        while (stream.Length - stream.Position >= 8)
        {
            var chunk = Take(stream, 8);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(4));
            var end = stream.Position + size + (size & 1);
            if (chunk.AsSpan(0, 4).SequenceEqual("fmt "u8) && size >= 16)
                bytesPerSecond = BinaryPrimitives.ReadUInt32LittleEndian(Take(stream, 16).AsSpan(8));
            else if (chunk.AsSpan(0, 4).SequenceEqual("data"u8))
                dataBytes = Math.Min(size, stream.Length - stream.Position);
            else if (chunk.AsSpan(0, 4).SequenceEqual("LIST"u8) && size is >= 4 and <= MaxInfoBytes)
                ReadInfo(Take(stream, (int)size), tags);
            stream.Position = Math.Min(end, stream.Length);
        }

        return bytesPerSecond > 0 && dataBytes > 0
            ? new ProbedAudio(
                TimeSpan.FromSeconds((double)dataBytes / bytesPerSecond),
                tags.GetValueOrDefault("INAM"), tags.GetValueOrDefault("IART"), tags.GetValueOrDefault("IPRD"), HasPicture: false)
            : null;
    }

    private static void ReadInfo(ReadOnlySpan<byte> list, Dictionary<string, string> tags)
    {
        if (!list.StartsWith("INFO"u8))
            return;
        list = list[4..];
        while (list.Length >= 8)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(list[4..]);
            if (size > list.Length - 8)
                return;
            tags[Encoding.ASCII.GetString(list[..4])] = Encoding.UTF8.GetString(list.Slice(8, (int)size)).TrimEnd('\0');
            list = list[Math.Min(list.Length, 8 + (int)size + (int)(size & 1))..];
        }
    }

    private static byte[] Take(Stream stream, int count)
    {
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
