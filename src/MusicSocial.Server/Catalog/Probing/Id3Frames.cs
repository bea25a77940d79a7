using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MusicSocial.Server.Catalog.Probing;

/// <summary>A frame of an ID3 tag.</summary>
/// <param name="Id">Its name, of three letters in version 2.2.</param>
/// <param name="Body">Without the frame header.</param>
internal sealed record Id3Frame(string Id, byte[] Body)
{
    /// <summary>SYLT, as opposed to USLT.</summary>
    public bool IsTimed => Id is "SYLT" or "SLT";

    /// <summary>Whether frames of a name hold lyrics.</summary>
    public static bool IsLyrics(string id) => id is "SYLT" or "SLT" or "USLT" or "ULT";

    /// <summary>Whether frames of a name hold a text, one or several values of it.</summary>
    public static bool IsText(string id) => id[0] == 'T' && id is not ("TXXX" or "TXX");
}

/// <summary>Finds frames of the ID3v2 tag at the beginning of a file: versions 2.2, 2.3 and 2.4.</summary>
/// <remarks>https://id3.org/id3v2.4.0-structure and its forerunners. Compressed and encrypted frames are passed by.</remarks>
internal static class Id3Frames
{
    private const int HeaderBytes = 10;

    /// <summary>A tag holds pictures too; larger ones are not looked through.</summary>
    private const int MaxTagBytes = 16 * 1024 * 1024;

    private static readonly SearchValues<byte> IdLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8);

    private const int Unsynchronised = 0x80;
    private const int Extended = 0x40;

    /// <summary>The frames of the names that are wanted; none when the file cannot be read.</summary>
    public static IReadOnlyList<Id3Frame> Read(string fullPath, Func<string, bool> wanted)
    {
        try
        {
            using var file = new FileStream(fullPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return Read(file, wanted);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The frames in order; nothing where there is no tag. A damaged tag gives the frames before the damage.</summary>
    public static IReadOnlyList<Id3Frame> Read(Stream stream, Func<string, bool> wanted)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || !header.StartsWith("ID3"u8))
            return [];
        var (version, flags, size) = (header[3], header[5], SynchSafe(header[6..]));
        if (version is < 2 or > 4 || size > MaxTagBytes)
            return [];

        var bytes = new byte[Math.Min(size, Math.Max(0, stream.Length - HeaderBytes))];
        var tag = bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        // Version 2.4 says it frame by frame.
        if (version < 4 && (flags & Unsynchronised) != 0)
            tag = Synchronise(tag);
        if (version > 2 && (flags & Extended) != 0)
            tag = SkipExtendedHeader(tag, version);
        return Frames(tag, version, wanted);
    }

    private static List<Id3Frame> Frames(ReadOnlySpan<byte> tag, int version, Func<string, bool> wanted)
    {
        var frames = new List<Id3Frame>();
        var headerBytes = version == 2 ? 6 : HeaderBytes;
        while (tag.Length > headerBytes && tag[0] != 0)
        {
            var size = version switch
            {
                2 => (tag[3] << 16) | (tag[4] << 8) | tag[5],
                3 => BinaryPrimitives.ReadInt32BigEndian(tag[4..]),
                _ => SizeOf(tag),
            };
            if (size < 0 || size > tag.Length - headerBytes)
                break;
            var id = Encoding.ASCII.GetString(tag[..(version == 2 ? 3 : 4)]);
            if (wanted(id) && Body(tag.Slice(headerBytes, size), version, version == 2 ? 0 : tag[9]) is { } body)
                frames.Add(new Id3Frame(id, body));

            tag = tag[(headerBytes + size)..];
        }

        return frames;
    }

    /// <summary>Version 2.4 sizes are in groups of seven bits, but iTunes wrote them plain: the one that leads to another frame is right.</summary>
    private static int SizeOf(ReadOnlySpan<byte> tag)
    {
        var safe = SynchSafe(tag[4..]);
        var plain = BinaryPrimitives.ReadInt32BigEndian(tag[4..]);
        return plain <= safe || IsFrameAt(tag, safe) || !IsFrameAt(tag, plain) ? safe : plain;
    }

    private static bool IsFrameAt(ReadOnlySpan<byte> tag, int size)
    {
        var at = HeaderBytes + (long)size;
        if (size < 0 || at > tag.Length)
            return false;
        var next = tag[(int)at..];
        if (next.Length < HeaderBytes || next[0] == 0)
            return true;
        // A text may look like a name, but hardly like one with a size that fits.
        var left = next.Length - HeaderBytes;
        return !next[..4].ContainsAnyExcept(IdLetters) && (SynchSafe(next[4..]) <= left || BinaryPrimitives.ReadUInt32BigEndian(next[4..]) <= left) &&
            (next[4] & 0x80) == 0;
    }

    private static byte[]? Body(ReadOnlySpan<byte> body, int version, int flags)
    {
        var (unreadable, grouped) = version == 3 ? (0xC0, 0x20) : (0x0C, 0x40);
        if ((flags & unreadable) != 0)
            return null;
        var skipped = (flags & grouped) != 0 ? 1 : 0;
        // Version 2.4 may write the frame's real length first, in four bytes.
        skipped += version == 4 && (flags & 0x01) != 0 ? 4 : 0;
        if (skipped > body.Length)
            return null;
        body = body[skipped..];
        return version == 4 && (flags & 0x02) != 0 ? Synchronise(body).ToArray() : body.ToArray();
    }

    private static Span<byte> SkipExtendedHeader(Span<byte> tag, int version)
    {
        if (tag.Length < 4)
            return [];
        var size = version == 3 ? BinaryPrimitives.ReadInt32BigEndian(tag) + 4L : SynchSafe(tag);
        return size < 4 || size > tag.Length ? [] : tag[(int)size..];
    }

    /// <summary>Takes out the zero that was written behind every 0xFF, so that no tag looks like audio.</summary>
    private static Span<byte> Synchronise(ReadOnlySpan<byte> bytes)
    {
        var plain = new byte[bytes.Length];
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            plain[length++] = bytes[i];
            if (bytes[i] == 0xFF && i + 1 < bytes.Length && bytes[i + 1] == 0)
                i++;
        }

        return plain.AsSpan(0, length);
    }

    private static int SynchSafe(ReadOnlySpan<byte> bytes) =>
        ((bytes[0] & 0x7F) << 21) | ((bytes[1] & 0x7F) << 14) | ((bytes[2] & 0x7F) << 7) | (bytes[3] & 0x7F);
}
